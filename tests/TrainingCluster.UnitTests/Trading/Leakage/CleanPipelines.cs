using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Leakage;

namespace TrainingCluster.UnitTests.Trading.Leakage;

/// <summary>The honest twin of each planted leak, as far as there is one, and some more.</summary>
internal static class CleanPipelines
{
    public static ImmutableArray<AuditedPipeline> All { get; } =
    [
        new("plain"),
        With("trailing_average", bars => Steps.Each(
            bars, 4, t => Steps.Mean(bars, t - 4, t) / bars.Close[t] - 1)),
        With("forward_fill", bars => Steps.Each(
            bars, 10, t => bars.Close[FirstOf(bars, t, days: 10)] / bars.Close[t] - 1)),
        With("rolling_z_score", bars => RollingScore(bars, 50)),
        With("past_return", bars => Steps.Each(bars, 5, t => bars.Close[t] / bars.Close[t - 5] - 1)),
        new("target_encoding_of_training_rows")
        {
            Encode = input => PlantedLeaks.Encoded(
                input, bar => input.Train.Contains(bar) && input.Labels.LastBar[bar] < input.Test.Start),
        },
        With("high_of_the_day_so_far", bars => Steps.Each(bars, 8, t => HighSoFar(bars, t) / bars.Close[t] - 1)),
        With("resampled_with_the_right_label", bars => Steps.Each(bars, 20, t =>
        {
            var (last, before) = (FirstOf(bars, t, 4) - 1, FirstOf(bars, FirstOf(bars, t, 4) - 1, 4) - 1);
            return bars.Close[last] / bars.Close[before] - 1;
        })),
        new("selection_in_the_training_window") { Make = PlantedLeaks.NoiseColumns, Selected = 8 },
        new("nearest_neighbour") { NearestNeighbour = true },
        With("winner_so_far", PastWinner),
        new("horizon_purged") { Labels = bars => Steps.Ahead(bars, 30, says: 30) },
        new("limit_orders_inside_the_bar")
        {
            Fill = (input, positions) => Steps.NextOpen(input, positions).Select(fill => fill with
            {
                Price = (input.Bars.Low[fill.FillBar] + input.Bars.High[fill.FillBar]) / 2,
            }),
        },
        new("figures_as_published")
        {
            Join = input => Enumerable.Range(300, 20)
                .Select(bar => new AsOfJoin("earnings", bar, input.Bars.Times[bar] - 60_000)),
        },
        new("slow_average_with_its_warm_up")
        {
            WarmUpBars = 450,
            Make = bars => Steps.Plain(bars).Append(("slow", Exponential(bars, 100))),
        },
    ];

    private static AuditedPipeline With(string name, Func<BarSeries, double[]> column) => new(name)
    {
        Make = bars => Steps.Plain(bars).Append((name, column(bars))),
    };

    private static double[] RollingScore(BarSeries bars, int period)
    {
        var returns = Steps.Returns(bars);
        return Steps.Each(bars, period, t =>
        {
            var window = returns[(t - period + 1)..(t + 1)];
            var mean = window.Average();
            return (returns[t] - mean) / Math.Sqrt(window.Average(value => (value - mean) * (value - mean)));
        });
    }

    /// <summary>The first bar of the span of days that a bar lies in, by the clock.</summary>
    private static int FirstOf(BarSeries bars, int t, int days)
    {
        long Span(int bar) => bars.Times[bar] / 86_400_000 / days;
        var first = t;
        while (first > 0 && Span(first - 1) == Span(t))
        {
            first--;
        }

        return first;
    }

    private static double HighSoFar(BarSeries bars, int t)
    {
        // A day has eight bars by the clock, wherever the history begins.
        var first = t - (int)(bars.Times[t] / 86_400_000 % 8);
        var highest = bars.High[t];
        for (var bar = Math.Max(0, first); bar < t; bar++)
        {
            highest = Math.Max(highest, bars.High[bar]);
        }

        return highest;
    }

    /// <summary>The symbol that grew most over the last fifty bars.</summary>
    private static double[] PastWinner(BarSeries bars)
    {
        var symbols = bars.Extra
            .Where(column => column.Name.StartsWith("symbol", StringComparison.Ordinal))
            .Select(column => column.Values.ToArray())
            .ToArray();
        return Steps.Each(bars, 50, t =>
        {
            var winner = symbols.MaxBy(values => values[t] / values[t - 50])!;
            return winner[t] / winner[t - 1] - 1;
        });
    }

    private static double[] Exponential(BarSeries bars, int period)
    {
        var (average, alpha) = (bars.Close[0], 2.0 / (period + 1));
        return Steps.Each(bars, 0, t => average += alpha * (bars.Close[t] - average));
    }
}
