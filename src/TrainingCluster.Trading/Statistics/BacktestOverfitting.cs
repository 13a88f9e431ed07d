using System.Collections.Immutable;
using System.Numerics;

namespace TrainingCluster.Trading.Statistics;

/// <summary>What the choice among trials is measured by.</summary>
public enum OverfittingMetric
{
    /// <summary>Mean / deviation of the bars; a trial without variance ranks last.</summary>
    Sharpe,

    /// <summary>The mean of the bars.</summary>
    Mean,
}

/// <summary>
/// How often the trial that is best in one half of the data is below the median in the other: combinatorially
/// symmetric cross-validation. Source: Bailey, Borwein, López de Prado and Zhu 2017, "The Probability of Backtest
/// Overfitting". Choices: rows that do not divide into the blocks are cut from the start; ranks are averaged over
/// ties; a logit of exactly 0 counts as overfitted; the first of equal trials is chosen.
/// </summary>
/// <param name="Probability">PBO: share of the halvings with a logit of at most 0.</param>
/// <param name="Logits">One a halving: ln(ω / (1 − ω)), ω = the chosen trial's rank out of sample / (N + 1).</param>
/// <param name="LossProbability">Share of the halvings in which the chosen trial's metric is below 0 out of
/// sample.</param>
/// <param name="Slope">Of the chosen trials' metric out of sample on that in sample; undefined where all are
/// equal.</param>
/// <param name="TrimmedRows">Rows cut from the start.</param>
public sealed record BacktestOverfitting(
    double Probability, ImmutableArray<double> Logits, double LossProbability, Estimate Slope, int TrimmedRows)
{
    public const int DefaultBlocks = 16;
    private const int MostBlocks = 24;

    /// <param name="returns">[trial][bar]; at least two trials of equal length.</param>
    /// <param name="blocks">S: even, at least 2, at most 24 and at most the number of bars.</param>
    /// <param name="metric">What is compared.</param>
    /// <exception cref="ArgumentException">Shapes or values cannot be used.</exception>
    public static BacktestOverfitting Measure(
        IReadOnlyList<double[]> returns,
        int blocks = DefaultBlocks,
        OverfittingMetric metric = OverfittingMetric.Sharpe)
    {
        Require(returns, blocks);
        var sums = new OverfittingSums(returns, blocks, metric);
        var logits = ImmutableArray.CreateBuilder<double>();
        var (inside, outside) = (new List<double>(), new List<double>());
        var (below, losses) = (0, 0);
        for (var half = 0u; half < 1u << blocks; half++)
        {
            if (BitOperations.PopCount(half) != blocks / 2)
            {
                continue;
            }

            var (best, omega) = sums.Choose(half);
            var logit = Math.Log(omega / (1 - omega));
            logits.Add(logit);
            inside.Add(best.InSample);
            outside.Add(best.OutOfSample);
            below += logit <= 0 ? 1 : 0;
            losses += best.OutOfSample < 0 ? 1 : 0;
        }

        return new BacktestOverfitting(
            (double)below / logits.Count,
            logits.ToImmutable(),
            (double)losses / logits.Count,
            SlopeOf(inside, outside),
            returns[0].Length % blocks);
    }

    private static Estimate SlopeOf(List<double> inside, List<double> outside)
    {
        var (meanInside, meanOutside) = (inside.Average(), outside.Average());
        var (cross, square) = (0.0, 0.0);
        for (var i = 0; i < inside.Count; i++)
        {
            cross += (inside[i] - meanInside) * (outside[i] - meanOutside);
            square += (inside[i] - meanInside) * (inside[i] - meanInside);
        }

        return square > 0
            ? Estimate.Of(cross / square)
            : Estimate.NotDefined("the chosen trials' metrics in sample are all equal");
    }

    private static void Require(IReadOnlyList<double[]> returns, int blocks)
    {
        if (blocks is < 2 or > MostBlocks || blocks % 2 != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(blocks), blocks, $"the blocks must be even and lie in [2, {MostBlocks}]");
        }

        if (returns.Count < 2 || returns.Any(trial => trial.Length != returns[0].Length))
        {
            throw new ArgumentException("there must be at least two trials of the same length", nameof(returns));
        }

        if (returns[0].Length < blocks || !returns.All(trial => trial.All(double.IsFinite)))
        {
            throw new ArgumentException(
                $"every trial needs at least {blocks} returns, all of them finite", nameof(returns));
        }
    }
}
