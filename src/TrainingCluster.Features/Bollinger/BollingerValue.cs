namespace TrainingCluster.Features.Bollinger;

/// <param name="Lower">The lower band, in price units.</param>
/// <param name="Middle">The simple moving average.</param>
/// <param name="Upper">The upper band.</param>
public readonly record struct BollingerValue(double Lower, double Middle, double Upper)
{
    /// <summary>The distance between the bands as a share of the middle.</summary>
    public double Bandwidth => (Upper - Lower) / Middle;

    /// <summary>%b: 0 at the lower band, 1 at the upper one; 0.5 where the bands meet.</summary>
    public double Position(double close)
    {
        var width = Upper - Lower;
        return width == 0 ? 0.5 : (close - Lower) / width;
    }
}
