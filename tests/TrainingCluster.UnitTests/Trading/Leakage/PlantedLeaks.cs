using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Leakage;

namespace TrainingCluster.UnitTests.Trading.Leakage;

/// <summary>
/// Pipelines that know the future, each in a way that has fooled people, and the gates that must notice.
/// </summary>
internal static class PlantedLeaks
{
    private const int BarsOfDay = 8;

    public static ImmutableArray<(AuditedPipeline Pipeline, LeakGate[] CaughtBy)> All { get; } =
    [
        (With("centred_average", bars => Steps.Each(bars, 2, t => t + 2 < bars.Count
            ? Steps.Mean(bars, t - 2, t + 2) / bars.Close[t] - 1 : 0)),
            [LeakGate.PrefixInvariance, LeakGate.FutureCorruption, LeakGate.Placebo]),
        (With("backward_fill", BackwardFilled), [LeakGate.PrefixInvariance, LeakGate.FutureCorruption]),
        (With("z_score_over_everything", bars => Steps.Scale(Steps.Returns(bars), new IndexRange(0, bars.Count))),
            [LeakGate.PrefixInvariance, LeakGate.FutureCorruption]),
        (With("shifted_return", bars => Steps.Each(bars, 0, t => t + 1 < bars.Count
            ? bars.Close[t + 1] / bars.Close[t] - 1 : 0)),
            [LeakGate.PrefixInvariance, LeakGate.FutureCorruption, LeakGate.Placebo, LeakGate.TooGood]),
        (new AuditedPipeline("target_encoding_of_all_rows") { Encode = input => Encoded(input, _ => true) },
            [LeakGate.PrefixInvariance, LeakGate.LabelShuffle]),
        (With("high_of_the_whole_day", bars => Steps.Each(bars, 0, t => Highest(
            bars, t - t % BarsOfDay, Math.Min(bars.Count, t - t % BarsOfDay + BarsOfDay)) / bars.Close[t] - 1)),
            [LeakGate.PrefixInvariance, LeakGate.FutureCorruption]),
        (With("resampled_with_the_left_label", bars => Steps.Each(bars, 0, t =>
            bars.Close[Math.Min(bars.Count - 1, t - t % 4 + 3)] / bars.Close[t] - 1)),
            [LeakGate.PrefixInvariance, LeakGate.FutureCorruption, LeakGate.Placebo]),
        (new AuditedPipeline("scaler_before_the_split") { ScaledOn = Everything },
            [LeakGate.PrefixInvariance, LeakGate.FitWindow]),
        (new AuditedPipeline("scaler_before_the_split_unrecorded") { ScaledOn = Everything, RecordsFits = false },
            [LeakGate.PrefixInvariance, LeakGate.FutureCorruption]),
        (new AuditedPipeline("selection_before_the_split")
        {
            Make = Noise, Selected = 8, SelectedOn = Everything,
        },
            [LeakGate.LabelShuffle, LeakGate.FutureCorruption]),
        (new AuditedPipeline("test_rows_in_training")
        {
            NearestNeighbour = true, Rows = input => Steps.PurgedRows(input).Concat(Tested(input)),
        },
            [LeakGate.TrainRows, LeakGate.LabelShuffle]),
        (new AuditedPipeline("test_rows_in_training_hidden")
        {
            NearestNeighbour = true,
            Rows = input => Steps.PurgedRows(input).Concat(Tested(input)),
            AdmittedRows = Steps.PurgedRows,
        },
            [LeakGate.LabelShuffle]),
        (With("survivors_of_the_future", FutureWinner), [LeakGate.FutureCorruption]),
        (new AuditedPipeline("horizon_beyond_the_purge")
        {
            Labels = bars => Steps.Ahead(bars, 80, says: 80),
            Rows = input => Enumerable.Range(input.Train.Start, input.Train.Count),
        },
            [LeakGate.TrainRows]),
        (new AuditedPipeline("labels_longer_than_they_say") { Labels = bars => Steps.Ahead(bars, 30, says: 1) },
            [LeakGate.FutureCorruption]),
        (new AuditedPipeline("filled_at_the_deciding_close")
        {
            Fill = (input, positions) => Steps.Changes(input, positions)
                .Select(change => new PipelineFill(change.Bar, change.Bar, change.Side, input.Bars.Close[change.Bar])),
        },
            [LeakGate.Execution]),
        (new AuditedPipeline("filled_at_the_best_price")
        {
            Fill = (input, positions) => Steps.NextOpen(input, positions).Select(fill => fill with
            {
                Price = fill.Side > 0 ? input.Bars.Low[fill.FillBar] : input.Bars.High[fill.FillBar],
            }),
        },
            [LeakGate.Execution]),
        (With("warm_up_understated", bars => Exponential(bars, 400)), [LeakGate.WarmUp]),
        (new AuditedPipeline("restated_figures")
        {
            Join = input => [new AsOfJoin("earnings", 300, input.Bars.Times[300] + 1)],
        },
            [LeakGate.AsOfJoin]),
        (new AuditedPipeline("table_made_before") { Make = new StaleTable().Columns }, [LeakGate.FutureCorruption]),
        (With("vendor_column_from_tomorrow", bars => [.. Steps.Extra(bars, "vendor")]), [LeakGate.TooGood]),
    ];

    private static AuditedPipeline With(string name, Func<BarSeries, double[]> column) => new(name)
    {
        Make = bars => Steps.Plain(bars).Append((name, column(bars))),
    };

    private static IndexRange Everything(PipelineInput input) => new(0, input.Bars.Count);

    private static IEnumerable<int> Tested(PipelineInput input) =>
        Enumerable.Range(input.Test.Start, input.Test.Count);

    private static double Highest(BarSeries bars, int first, int end)
    {
        var highest = bars.High[first];
        for (var t = first; t < end; t++)
        {
            highest = Math.Max(highest, bars.High[t]);
        }

        return highest;
    }

    /// <summary>A figure that is published every tenth bar, filled back to the days before it.</summary>
    private static double[] BackwardFilled(BarSeries bars) =>
        Steps.Each(bars, 0, t => bars.Close[Math.Min(bars.Count - 1, (t + 9) / 10 * 10)] / bars.Close[t] - 1);

    /// <summary>The symbol that has grown most by the last bar, as if one had always held that one.</summary>
    private static double[] FutureWinner(BarSeries bars)
    {
        var winner = bars.Extra
            .Where(column => column.Name.StartsWith("symbol", StringComparison.Ordinal))
            .MaxBy(column => column.Values.Span[^1] / column.Values.Span[0])!;
        var values = winner.Values.ToArray();
        return [.. values.Select((value, t) => t == 0 ? 0 : value / values[t - 1] - 1)];
    }

    private static double[] Exponential(BarSeries bars, int period)
    {
        var (average, alpha) = (bars.Close[0], 2.0 / (period + 1));
        return Steps.Each(bars, 0, t => average += alpha * (bars.Close[t] - average));
    }

    /// <summary>Hundreds of columns that mean nothing, of which the best ones are picked.</summary>
    private static IEnumerable<(string, double[])> Noise(BarSeries bars) =>
        Enumerable.Range(0, 150).Select(k => ($"noise_{k}", Steps.Each(bars, 0, t =>
        {
            var bits = (ulong)(BitConverter.DoubleToInt64Bits(bars.Close[t]) + 7919 * k) * 0x9E3779B97F4A7C15UL;
            bits = (bits ^ (bits >> 29)) * 0xBF58476D1CE4E5B9UL;
            return (bits >> 40) / (double)(1 << 24);
        })));

    public static IEnumerable<(string, double[])> Encoded(PipelineInput input, Func<int, bool> counts)
    {
        const int Groups = 60;
        var (sums, numbers) = (new double[Groups], new double[Groups]);
        int Group(int bar) =>
            (int)(BitConverter.DoubleToUInt64Bits(input.Bars.Close[bar]) * 0x9E3779B97F4A7C15UL % Groups);
        for (var bar = 0; bar < input.Bars.Count; bar++)
        {
            if (counts(bar) && input.Labels.Up[bar] != 0)
            {
                sums[Group(bar)] += input.Labels.Up[bar];
                numbers[Group(bar)]++;
            }
        }

        yield return ("encoded", Steps.Each(input.Bars, 0, bar =>
            numbers[Group(bar)] > 0 ? sums[Group(bar)] / numbers[Group(bar)] : 0));
    }

    public static IEnumerable<(string, double[])> NoiseColumns(BarSeries bars) => Noise(bars);

    /// <summary>Keeps the columns of the first bars it ever saw, as a cache by symbol does.</summary>
    private sealed class StaleTable
    {
        private readonly Lock _lock = new();
        private (string, double[])[]? _columns;

        public IEnumerable<(string, double[])> Columns(BarSeries bars)
        {
            lock (_lock)
            {
                _columns ??= [.. Steps.Plain(bars)];
                return [.. _columns.Select(column => (column.Item1, column.Item2[..bars.Count]))];
            }
        }
    }
}
