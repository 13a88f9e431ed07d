using System.Collections.Immutable;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Trading.Leakage;

/// <summary>
/// The way of this product's bars, with a strategy's columns and labels and the plainest learner there is in place of
/// a network: the difference of the mean up and the mean down row. It is what data can be audited with before
/// anything is trained on them, further columns of the source included.
/// </summary>
public sealed class RulePipeline(IStrategyRule rule) : IPipelineUnderAudit
{
    /// <summary>Wilder's averages of averages forget to a tenth of a per cent in about this many bars.</summary>
    public const int StableAfterBars = 300;

    public string Name => rule.Name;

    public int WarmUpBars => StableAfterBars;

    public ImmutableArray<PipelineColumn> Features(BarSeries bars)
    {
        var table = FeatureSet.Compute(bars);
        var signals = rule.Evaluate(bars);
        return
        [
            .. table.Names.Select((name, i) => new PipelineColumn(name, table.Column(i).ToArray())),
            new("strategy_confidence", Column(bars, signals.WarmUp, t => signals.Confidence[t])),
            new("strategy_signal", Column(bars, signals.WarmUp, t => signals.Signal[t])),
        ];
    }

    public PipelineLabels Label(BarSeries bars)
    {
        var signals = rule.Evaluate(bars);
        var labels = Labelling.Label(
            bars, signals.Direction.AsSpan(), AtrIndicator.Compute(bars, new AtrOptions()), rule.Barriers);
        return new PipelineLabels(
            [.. labels.Valid.Select((valid, t) => (sbyte)(!valid ? 0 : labels.NextUp[t] > 0 ? 1 : -1))],
            labels.LastBar);
    }

    public PipelineRun Run(PipelineInput input)
    {
        var columns = Features(input.Bars);
        var table = new FeatureTable(
            [.. columns.Select(column => column.Name)], [.. columns.Select(column => column.Values)]);
        var first = Math.Max(input.Train.Start, table.WarmUp);
        var scaler = RobustScaler.Fit(table, new IndexRange(first, input.Train.End));
        var matrix = scaler.Transform(table);
        int[] rows =
        [
            .. Enumerable.Range(first, Math.Max(0, input.Train.End - first))
                .Where(bar => input.Labels.Up[bar] != 0 && input.Labels.LastBar[bar] < input.Test.Start),
        ];
        var (weights, threshold) = CentroidLearner.Fit(matrix, rows, input.Labels);
        var (predictions, positions) = (new double[input.Bars.Count], new double[input.Bars.Count]);
        for (var bar = input.Test.Start; bar < input.Test.End; bar++)
        {
            predictions[bar] = CentroidLearner.Score(matrix.Row(bar), weights) > threshold ? 1 : -1;
            positions[bar] = predictions[bar];
        }

        return new PipelineRun
        {
            Columns = Scaled(matrix),
            TrainBars = [.. rows],
            Predictions = predictions,
            Positions = positions,
            Fits =
            [
                new FitWindow("scaler", scaler.FitFirstBar, scaler.FitLastBar),
                .. rows.Length > 0 ? [new FitWindow("learner", rows[0], rows[^1])] : ImmutableArray<FitWindow>.Empty,
            ],
            Fills = Fills(input, positions),
        };
    }

    private static ImmutableArray<PipelineColumn> Scaled(FeatureMatrix matrix) =>
    [
        .. matrix.Names.Select((name, column) => new PipelineColumn(
            name,
            [.. Enumerable.Range(0, matrix.Rows).Select(row =>
                row < matrix.FirstValidRow ? double.NaN : matrix.Values[row * matrix.Columns + column])])),
    ];

    private static ImmutableArray<PipelineFill> Fills(PipelineInput input, double[] positions)
    {
        var fills = ImmutableArray.CreateBuilder<PipelineFill>();
        for (var bar = input.Test.Start; bar < input.Test.End; bar++)
        {
            var change = positions[bar] - (bar > 0 ? positions[bar - 1] : 0);
            var fill = MarketSimulator.FillBar(bar);
            if (change != 0 && fill < input.Bars.Count)
            {
                fills.Add(new PipelineFill(bar, fill, Math.Sign(change), input.Bars.Open[fill]));
            }
        }

        return fills.ToImmutable();
    }

    private static double[] Column(BarSeries bars, int warmUp, Func<int, double> value) =>
        [.. Enumerable.Range(0, bars.Count).Select(t => t < warmUp ? double.NaN : value(t))];
}
