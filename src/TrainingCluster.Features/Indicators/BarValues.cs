namespace TrainingCluster.Features.Indicators;

/// <summary>One bar as an indicator sees it, prices in the source's units.</summary>
public readonly record struct BarValues(double Open, double High, double Low, double Close, double Volume)
{
    /// <summary>The mean of high, low and close.</summary>
    public double Typical => (High + Low + Close) / 3;
}
