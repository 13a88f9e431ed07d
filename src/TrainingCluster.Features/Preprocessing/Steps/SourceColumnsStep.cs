using TrainingCluster.Features.Columns;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>
/// <c>source_columns</c>: further columns of the source as <c>x_name</c>;
/// <c>source_columns(starting=sentiment)</c>: only those whose name starts so. None is no error: the columns there
/// were when the pipeline was fitted are what it requires from then on.
/// </summary>
internal sealed class SourceColumnsStep() : PlainStep("source_columns", "starting")
{
    public override ColumnTable Transform(StepInput input, FittedValues fitted)
    {
        var start = input.Spec.Settings.GetValueOrDefault("starting", "");
        var taken = input.Bars.Extra
            .Where(column => column.Name.StartsWith(start, StringComparison.OrdinalIgnoreCase)
                && !input.Table.Names.Contains(FeatureSet.ExtraPrefix + column.Name)).ToList();
        return input.With(
            taken.Select(column => FeatureSet.ExtraPrefix + column.Name),
            taken.Select(column => column.Values.ToArray()));
    }
}
