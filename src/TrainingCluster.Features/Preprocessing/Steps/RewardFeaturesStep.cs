namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>
/// <c>reward_features(bars=20)</c>: what rewards are shaped by, of the last bars: how far the close is below its
/// highest and above its lowest, and the return in deviations.
/// </summary>
internal sealed class RewardFeaturesStep() : PlainStep("reward_features", "bars")
{
    public override ColumnTable Transform(StepInput input, FittedValues fitted)
    {
        var length = (int)input.Spec.Number("bars", 20, 2, 10_000);
        var bars = input.Bars;
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
