using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Leakage;

/// <summary>A pipeline on its bars, with what it does when nothing is changed.</summary>
internal sealed class AuditSubject
{
    public AuditSubject(IPipelineUnderAudit pipeline, BarSeries bars, AuditOptions options)
    {
        (Pipeline, Bars, Options) = (pipeline, bars, options);
        Labels = pipeline.Label(bars);
        Features = pipeline.Features(bars);
        Run = RunOn(bars, Labels);
    }

    public IPipelineUnderAudit Pipeline { get; }

    public BarSeries Bars { get; }

    public AuditOptions Options { get; }

    public PipelineLabels Labels { get; }

    public ImmutableArray<PipelineColumn> Features { get; }

    public PipelineRun Run { get; }

    /// <summary>On other bars with the same windows, the test cut where the bars end.</summary>
    public PipelineRun RunOn(BarSeries bars, PipelineLabels labels) => Pipeline.Run(new PipelineInput(
        bars,
        labels,
        Options.Train,
        new IndexRange(Options.Test.Start, Math.Min(Options.Test.End, bars.Count))));

    /// <summary>Features, fitted columns, predictions and positions together.</summary>
    public ImmutableArray<PipelineColumn> Outputs() => Outputs(Features, Run);

    public ImmutableArray<PipelineColumn> OutputsOn(BarSeries bars) =>
        Outputs(Pipeline.Features(bars), RunOn(bars, Pipeline.Label(bars)));

    /// <summary>
    /// Bars at which the future is taken away: the last before the test, those after it, and some drawn.
    /// </summary>
    public IEnumerable<int> Cuts(string purpose)
    {
        var test = Options.Test;
        var random = Options.Seed.For(purpose).Stream();
        var near = Enumerable.Range(test.Start - 1, Options.Cuts / 2);
        var drawn = Enumerable.Range(0, Options.Cuts - Options.Cuts / 2)
            .Select(_ => test.Start + random.NextInt32(Math.Max(1, test.Count - 1)));
        return near.Concat(drawn).Where(t => t >= 0 && t < Bars.Count - 1).Distinct().Order();
    }

    private static ImmutableArray<PipelineColumn> Outputs(
        ImmutableArray<PipelineColumn> features, PipelineRun run) =>
    [
        .. features.Select(column => column with { Name = $"feature {column.Name}" }),
        .. run.Columns.Select(column => column with { Name = $"input {column.Name}" }),
        new("prediction", run.Predictions),
        new("position", run.Positions),
    ];
}
