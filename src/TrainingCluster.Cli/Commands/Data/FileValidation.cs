using System.Globalization;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Splits;
using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>Whether a file can be trained on by a template, or read by a model's own pipelines.</summary>
/// <param name="Score">Of the quality of the bars, 0 to 1; null where nothing was readable.</param>
/// <param name="Reasons">Why not; empty where it can.</param>
/// <param name="Repairs">What was repaired before.</param>
/// <param name="CompleteFrom">Stamp of the first bar at which every column is defined.</param>
internal sealed record FileValidation(
    string File, string Against, bool Passed, int Bars, double? Score, string[] Reasons, long Repairs, int? Columns,
    DateTimeOffset? CompleteFrom)
{
    public static FileValidation Of(
        string file, BatchVerdict verdict, PipelineTemplate template, ModelPipeline[]? saved)
    {
        var against = saved is null
            ? FormattableString.Invariant($"template {template.ModelType} version {template.Version}")
            : string.Join(", ", saved.Select(one => $"{one.Part} {one.Pipeline.Sha256.Short}"));
        var reasons = verdict.Reasons.ToList();
        FeatureMatrix? matrix = null;
        if (verdict.Bars is { } bars)
        {
            (Func<FittedPipeline> Pipeline, StepCatalogue Steps)[] readers = saved is null
                ? [(() => ModelPipelines.FitForTraining(template, bars), ModelPipelines.Catalogue)]
                : [.. saved.Select(one => ((Func<FittedPipeline>)(() => one.Pipeline.Fitted), one.Steps))];
            foreach (var (pipeline, steps) in readers)
            {
                matrix = Read(pipeline, steps, bars, reasons) ?? matrix;
            }
        }

        return new FileValidation(
            file, against, reasons.Count == 0, verdict.Source.Bars?.Count ?? 0, verdict.Report?.Score,
            [.. reasons.Distinct()], verdict.Repairs.Total, matrix?.Columns,
            matrix is null ? null
                : DateTimeOffset.FromUnixTimeMilliseconds(verdict.Bars!.Times[matrix.FirstValidRow]));
    }

    public void Write(TextWriter writer)
    {
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{File}: {(Passed ? "valid" : "not valid")} for {Against}: {Bars} bars, quality {Score ?? 0:0.0000}, "
                + $"{Repairs} repairs"));
        foreach (var reason in Reasons)
        {
            writer.WriteLine($"  {reason}");
        }

        if (CompleteFrom is { } from)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {Columns} columns, complete from {Output.TextFormat.Time(from)} on"));
        }
    }

    private static FeatureMatrix? Read(
        Func<FittedPipeline> pipeline, StepCatalogue steps, BarSeries bars, List<string> reasons)
    {
        try
        {
            var fitted = pipeline();
            var matrix = fitted.Transform(bars, steps);
            if (matrix.Rows - matrix.FirstValidRow >= fitted.Window)
            {
                return matrix;
            }

            reasons.Add(string.Create(CultureInfo.InvariantCulture,
                $"{matrix.Rows - matrix.FirstValidRow} bars are complete; a window takes {fitted.Window}"));
        }
        catch (Exception e) when (e is PreprocessingException or FeatureSchemaException or BarDataException
            or InsufficientDataException)
        {
            reasons.Add(e.Message);
        }

        return null;
    }
}
