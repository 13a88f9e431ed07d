namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>A close that leaps away and comes back with the next bar: often a bad tick.</summary>
internal sealed class SpikeCheck() : QualityCheck("spikes", BarFault.None)
{
    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var found = new Occurrences();
        if (bars.Returns is { } returns)
        {
            var daily = bars.IsDaily;
            for (var t = 1; t < bars.Count; t++)
            {
                if (daily
                    ? returns.IsSpike(t, options.SpikeDeviations)
                    : Math.Abs(returns.Values[t]) > options.IntradaySpike && returns.ComesBack(t))
                {
                    found.Add(t);
                }
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Warning,
            found,
            $"{found.Count} closes leap away and come back with the next bar");
    }
}
