using TrainingCluster.Features.Indicators;

namespace TrainingCluster.Features.AccumulationDistribution;

/// <summary>Where in its range a bar closed, as a share of its volume.</summary>
public static class MoneyFlow
{
    /// <summary>
    /// Volume times ((close − low) − (high − close)) / (high − low); 0 for a bar without range.
    /// </summary>
    public static double VolumeOf(in BarValues bar)
    {
        var range = bar.High - bar.Low;
        return range > 0 ? (bar.Close - bar.Low - (bar.High - bar.Close)) / range * bar.Volume : 0;
    }
}
