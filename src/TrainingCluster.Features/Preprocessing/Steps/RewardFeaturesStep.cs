using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>
/// <c>reward_features(bars=20)</c>: what rewards are shaped by, of the last bars: how far the close is below its
/// highest and above its lowest, and the return in deviations.
/// </summary>
internal sealed class RewardFeaturesStep : IPreprocessingStep
{
    public string Name => "reward_features";

    public ImmutableSortedDictionary<string, ImmutableArray<double>> Fit(
        StepSpec spec, BarSeries bars, ColumnTable input, IndexRange window)
    {
        spec.RequireKnown("bars");
        spec.Number("bars", 20, 2, 10_000);
        return ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty;
    }

    public ColumnTable Transform(
        StepSpec spec,
        ImmutableSortedDictionary<string, ImmutableArray<double>> fitted,
        BarSeries bars,
        ColumnTable input)
    {
        var length = (int)spec.Number("bars", 20, 2, 10_000);
        var highest = Rolling.RollingExtreme.Largest(length);
        var lowest = Rolling.RollingExtreme.Smallest(length);
        var moments = new Rolling.RollingMoments(length);
        var (below, above, step) =
            (Missing.Column(bars.Count), Missing.Column(bars.Count), Missing.Column(bars.Count));
        for (var t = 0; t < bars.Count; t++)
        {
            var close = bars.Close[t];
            var (high, low) = (highest.Next(close), lowest.Next(close));
            (below[t], above[t]) = (close / high - 1, close / low - 1);
            if (t > 0)
            {
                var change = Math.Log(close / bars.Close[t - 1]);
                moments.Add(change);
                var deviation = moments.PopulationDeviation;
                step[t] = deviation > 0 ? change / deviation : double.IsNaN(deviation) ? double.NaN : 0;
            }
        }

        return input.With(["reward_below_high", "reward_above_low", "reward_step"], [below, above, step]);
    }
}
