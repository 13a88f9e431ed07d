using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Regimes;

/// <summary>
/// Tells regimes apart by two causal statistics of the last bars: the efficiency ratio |Σ r| / Σ |r| of log
/// returns (Kaufman 1995, "Smarter Trading") and the realised volatility √(Σ r² / n). Thresholds are
/// quantiles over the training window and never move afterwards. In this order: volatility above its upper
/// threshold is volatile; efficiency above its threshold is trending; of the rest, volatility above its lower
/// threshold is choppy, below it ranging. A new regime counts once enough bars in a row say it. Bars before
/// the first full window are ranging, whose weights are the most even.
/// </summary>
/// <param name="Options">How regimes are told apart.</param>
/// <param name="TrendingEfficiency">Threshold of the efficiency ratio, in [0, 1].</param>
/// <param name="ChoppyVolatility">Lower threshold of the volatility of a bar.</param>
/// <param name="VolatileVolatility">Upper threshold of the volatility of a bar.</param>
/// <param name="FitFirstBar">First bar whose statistics the thresholds come from.</param>
/// <param name="FitLastBar">Last such bar; those before it are all the detector ever learnt from.</param>
public sealed record RegimeDetector(
    RegimeOptions Options,
    double TrendingEfficiency,
    double ChoppyVolatility,
    double VolatileVolatility,
    int FitFirstBar,
    int FitLastBar)
{
    /// <summary>With the default options.</summary>
    public static RegimeDetector Fit(BarSeries bars, IndexRange train) =>
        Fit(bars, train, new RegimeOptions());

    /// <exception cref="ArgumentException">The window lies outside the bars or holds no bar with a full
    /// window of returns before it.</exception>
    public static RegimeDetector Fit(BarSeries bars, IndexRange train, RegimeOptions options)
    {
        options.Validate();
        var first = Math.Max(train.Start, options.WindowBars);
        if (train.Start < 0 || train.End > bars.Count || first >= train.End)
        {
            throw new ArgumentException(
                $"the training window {train} of {bars.Count} bars must lie inside them and reach beyond bar "
                + $"{options.WindowBars}: a regime looks {options.WindowBars} bars back",
                nameof(train));
        }

        // Bars after the training window are not even looked at.
        var statistics = MovementStatistics.Of(bars.Close[..train.End], options.WindowBars);
        var efficiency = statistics.Efficiency[first..train.End];
        var volatility = statistics.Volatility[first..train.End];
        Array.Sort(efficiency);
        Array.Sort(volatility);
        return new RegimeDetector(
            options,
            Quantile(efficiency, options.TrendingShare),
            Quantile(volatility, options.ChoppyShare),
            Quantile(volatility, options.VolatileShare),
            first,
            train.End - 1);
    }

    /// <summary>One regime a bar, each from bars up to its own.</summary>
    public ImmutableArray<MarketRegime> Detect(BarSeries bars)
    {
        var statistics = MovementStatistics.Of(bars.Close, Options.WindowBars);
        var regimes = ImmutableArray.CreateBuilder<MarketRegime>(bars.Count);
        var (current, candidate, seen) = (MarketRegime.Ranging, MarketRegime.Ranging, 0);
        for (var t = 0; t < bars.Count; t++)
        {
            if (t >= Options.WindowBars)
            {
                var said = Classify(statistics.Efficiency[t], statistics.Volatility[t]);
                seen = said == candidate ? seen + 1 : 1;
                candidate = said;
                current = seen >= Options.ConfirmationBars ? candidate : current;
            }

            regimes.Add(current);
        }

        return regimes.MoveToImmutable();
    }

    /// <summary>What one bar's statistics say by themselves, before confirmation.</summary>
    internal MarketRegime Classify(double efficiency, double volatility) =>
        volatility > VolatileVolatility ? MarketRegime.Volatile
        : efficiency > TrendingEfficiency ? MarketRegime.Trending
        : volatility > ChoppyVolatility ? MarketRegime.Choppy
        : MarketRegime.Ranging;

    private static double Quantile(double[] sorted, double share) =>
        sorted[(int)(share * (sorted.Length - 1))];
}
