using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Trading.Ensembles;

/// <summary>
/// Weighs strategies by the market's regime and by how their last closed trades went. Not thread-safe: one
/// owner each.
/// </summary>
public sealed class DynamicEnsemble
{
    private readonly EnsembleWeighting _weighting;

    /// <param name="strategies">The members' strategies; one may have several members.</param>
    /// <exception cref="ArgumentException">There is no strategy.</exception>
    public DynamicEnsemble(
        ImmutableArray<string> strategies,
        EnsembleWeighting weighting = EnsembleWeighting.RegimeAndPerformance)
    {
        RegimeWeights.Require(strategies);
        Strategies = strategies;
        _weighting = weighting;
        Weights = Equal(strategies.Length);
    }

    public ImmutableArray<string> Strategies { get; }

    /// <summary>One a strategy: none below 0, sum 1. Equal before the first update.</summary>
    public ImmutableArray<double> Weights { get; private set; }

    /// <summary>Regime share × performance factor, scaled to a sum of 1.</summary>
    /// <param name="regime">Of the bar just closed.</param>
    /// <param name="performance">One a strategy, from trades closed by then.</param>
    /// <returns>The new <see cref="Weights"/>.</returns>
    public ImmutableArray<double> UpdateWeights(
        MarketRegime regime, IReadOnlyList<TrackedPerformance> performance)
    {
        RequireOnePerStrategy(performance.Count, nameof(performance));

        if (_weighting == EnsembleWeighting.Equal)
        {
            return Weights = Equal(Strategies.Length);
        }

        var shares = RegimeWeights.For(regime, Strategies);
        if (_weighting == EnsembleWeighting.Regime)
        {
            return Weights = shares;
        }

        var adjusted = shares
            .Select((share, i) => share * PerformanceAdjustment.Of(performance[i]).Factor)
            .ToArray();
        var sum = adjusted.Sum();
        return Weights = [.. adjusted.Select(weight => weight / sum)];
    }

    /// <summary>Σ weight × confidence × signal under the current weights.</summary>
    /// <param name="signals">One a strategy, in [−1, 1].</param>
    /// <param name="confidences">One a strategy, in [0, 1].</param>
    public BlendedSignal WeightedSignal(ReadOnlySpan<double> signals, ReadOnlySpan<double> confidences)
    {
        RequireOnePerStrategy(signals.Length, nameof(signals));
        RequireOnePerStrategy(confidences.Length, nameof(confidences));

        var score = 0.0;
        for (var i = 0; i < signals.Length; i++)
        {
            RequireRange(signals[i], -1, "signal", i);
            RequireRange(confidences[i], 0, "confidence", i);
            score += Weights[i] * confidences[i] * signals[i];
        }

        // Weights that sum to one up to rounding could carry a unanimous score a hair beyond it.
        score = Math.Clamp(score, -1, 1);
        return new BlendedSignal(score, Math.Sign(score), Math.Abs(score));
    }

    /// <summary>With the default weighting; see the other overload.</summary>
    public static EnsembleTrack Blend(
        BarSeries bars,
        ImmutableArray<string> strategies,
        ImmutableArray<MarketRegime> regimes,
        IReadOnlyList<double[]> memberPositions,
        IndexRange window,
        CostModel costs) =>
        Blend(
            bars,
            strategies,
            regimes,
            memberPositions,
            window,
            costs,
            EnsembleWeighting.RegimeAndPerformance);

    /// <summary>
    /// Blends members' positions bar by bar. The weights at t come from the regime of t and from trades whose
    /// exit filled no later than t. Members trade alone, at full size and at the same costs, from the
    /// window's start.
    /// </summary>
    /// <param name="bars">The market.</param>
    /// <param name="strategies">The members' names.</param>
    /// <param name="regimes">One a bar.</param>
    /// <param name="memberPositions">One array a strategy, with one position in [−1, 1] a bar.</param>
    /// <param name="window">The bars to blend.</param>
    /// <param name="costs">Fees of the members' own trades; the blend's are charged by its backtest.</param>
    /// <param name="weighting">Where weights come from.</param>
    public static EnsembleTrack Blend(
        BarSeries bars,
        ImmutableArray<string> strategies,
        ImmutableArray<MarketRegime> regimes,
        IReadOnlyList<double[]> memberPositions,
        IndexRange window,
        CostModel costs,
        EnsembleWeighting weighting)
    {
        var ensemble = new DynamicEnsemble(strategies, weighting);
        ensemble.RequireOnePerStrategy(memberPositions.Count, nameof(memberPositions));
        if (regimes.Length != bars.Count)
        {
            throw new ArgumentException(
                $"there are {regimes.Length} regimes for {bars.Count} bars; there must be one for each bar",
                nameof(regimes));
        }

        return new EnsembleBlend(ensemble, bars, memberPositions, window, costs).Run(regimes);
    }

    private static ImmutableArray<double> Equal(int count) =>
        [.. Enumerable.Repeat(1.0 / count, count)];

    private void RequireOnePerStrategy(int count, string name)
    {
        if (count != Strategies.Length)
        {
            throw new ArgumentException(
                $"{name} has {count} entries; there must be one for each of: {string.Join(", ", Strategies)}",
                name);
        }
    }

    private void RequireRange(double value, double least, string what, int strategy)
    {
        if (!(value >= least && value <= 1))
        {
            throw new ArgumentException(
                $"the {what} of {Strategies[strategy]} is {value}; it must lie in [{least}, 1]");
        }
    }
}
