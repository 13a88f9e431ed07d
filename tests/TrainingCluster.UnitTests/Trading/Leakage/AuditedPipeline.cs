using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Leakage;

namespace TrainingCluster.UnitTests.Trading.Leakage;

/// <summary>
/// A small pipeline whose every step can be replaced by a leaking one: features, selection, z-scores, a learner,
/// decisions at the close, fills at the next open.
/// </summary>
internal sealed class AuditedPipeline(string name) : IPipelineUnderAudit
{
    public const int Horizon = 1;

    public string Name { get; } = name;

    public int WarmUpBars { get; init; } = 60;

    /// <summary>Columns from bars; NaN while undefined.</summary>
    public Func<BarSeries, IEnumerable<(string Name, double[] Values)>> Make { get; init; } = Steps.Plain;

    /// <summary>Columns from bars and labels, seen by the learner only.</summary>
    public Func<PipelineInput, IEnumerable<(string Name, double[] Values)>> Encode { get; init; } = _ => [];

    public Func<BarSeries, PipelineLabels> Labels { get; init; } = Steps.NextCloseUp;

    /// <summary>What scalers are fitted on.</summary>
    public Func<PipelineInput, IndexRange> ScaledOn { get; init; } = input => input.Train;

    /// <summary>Whether the run says what its scaler saw.</summary>
    public bool RecordsFits { get; init; } = true;

    /// <summary>How many columns are kept, by correlation with the label; 0 keeps all.</summary>
    public int Selected { get; init; }

    public Func<PipelineInput, IndexRange> SelectedOn { get; init; } = input => input.Train;

    /// <summary>The rows learnt from.</summary>
    public Func<PipelineInput, IEnumerable<int>> Rows { get; init; } = Steps.PurgedRows;

    /// <summary>The rows it admits to; null for the true ones.</summary>
    public Func<PipelineInput, IEnumerable<int>>? AdmittedRows { get; init; }

    public bool NearestNeighbour { get; init; }

    public Func<PipelineInput, double[], IEnumerable<PipelineFill>> Fill { get; init; } = Steps.NextOpen;

    public Func<PipelineInput, IEnumerable<AsOfJoin>> Join { get; init; } = _ => [];

    public ImmutableArray<PipelineColumn> Features(BarSeries bars) =>
        [.. Make(bars).Select(column => new PipelineColumn(column.Name, column.Values))];

    public PipelineLabels Label(BarSeries bars) => Labels(bars);

    public PipelineRun Run(PipelineInput input)
    {
        var raw = Make(input.Bars).Concat(Encode(input)).ToArray();
        var kept = Selected > 0 ? Steps.Select(raw, Selected, input.Labels, SelectedOn(input)) : raw;
        var scaled = kept
            .Select(column => (column.Name, Values: Steps.Scale(column.Values, ScaledOn(input))))
            .ToArray();
        var rows = Rows(input).Where(bar => input.Labels.Up[bar] != 0).ToArray();
        var predictions = new double[input.Bars.Count];
        var learner = NearestNeighbour
            ? Steps.Nearest(scaled.Select(c => c.Values).ToArray(), rows, input.Labels)
            : Steps.Centroid(scaled.Select(c => c.Values).ToArray(), rows, input.Labels);
        for (var bar = input.Test.Start; bar < input.Test.End; bar++)
        {
            predictions[bar] = learner(bar);
        }

        var scaledOn = ScaledOn(input);
        return new PipelineRun
        {
            Columns = [.. scaled.Select(column => new PipelineColumn(column.Name, column.Values))],
            TrainBars = [.. AdmittedRows?.Invoke(input) ?? rows],
            Predictions = predictions,
            Positions = predictions,
            Fits = RecordsFits ? [new FitWindow("scaler", scaledOn.Start, scaledOn.End - 1)] : [],
            Fills = [.. Fill(input, predictions)],
            Joins = [.. Join(input)],
        };
    }
}
