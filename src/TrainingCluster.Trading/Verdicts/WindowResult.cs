using System.Collections.Immutable;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Verdicts;

/// <summary>What was earned in one of several windows that follow each other.</summary>
/// <param name="From">First decision.</param>
/// <param name="To">Last decision.</param>
/// <param name="Bars">Decisions.</param>
/// <param name="SharpePerBar">Of their returns.</param>
/// <param name="TotalReturnRatio">Compounded, less 1.</param>
/// <param name="MaxDrawdownRatio">Worst fall within the window, in [0, 1].</param>
public sealed record WindowResult(
    DateTimeOffset From, DateTimeOffset To, int Bars, Estimate SharpePerBar, double TotalReturnRatio,
    double MaxDrawdownRatio)
{
    private const int MostWindows = 8;
    private const int LeastBars = 20;

    /// <summary>Walks forward through the decisions in windows of equal length, at most eight.</summary>
    /// <param name="result">The backtest.</param>
    /// <param name="times">By decision, Unix milliseconds UTC.</param>
    public static Computed<IReadOnlyList<WindowResult>> Walk(BacktestResult result, ReadOnlySpan<long> times)
    {
        var count = Math.Min(MostWindows, result.Returns.Length / LeastBars);
        if (count < 2)
        {
            return Computed.Not<IReadOnlyList<WindowResult>>(
                $"{result.Returns.Length} bars; two windows need at least {2 * LeastBars}");
        }

        var windows = ImmutableArray.CreateBuilder<WindowResult>(count);
        for (var i = 0; i < count; i++)
        {
            var (from, to) = (Edge(i), Edge(i + 1));
            double[] equity = [.. result.Equity[from..(to + 1)]];
            windows.Add(new WindowResult(
                DateTimeOffset.FromUnixTimeMilliseconds(times[from]),
                DateTimeOffset.FromUnixTimeMilliseconds(times[to - 1]),
                to - from,
                SharpeStatistics.Sharpe(result.Returns.AsSpan()[from..to]),
                equity[^1] / equity[0] - 1,
                Drawdown.Worst(equity).Ratio));
        }

        return Computed.Of<IReadOnlyList<WindowResult>>(windows.MoveToImmutable());

        int Edge(int window) => (int)((long)result.Returns.Length * window / count);
    }
}
