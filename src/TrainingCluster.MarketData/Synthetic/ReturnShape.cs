using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.MarketData.Synthetic;

/// <summary>
/// What makes generated returns look like real ones: fat tails, jumps, and the U-shape of a session. Each draws from
/// its own split of the seed and draws nothing where it is not asked for.
/// </summary>
internal sealed class ReturnShape(SyntheticMarketOptions options, Seed seed)
{
    private const double MostDeviations = 10;
    private const long Minute = 60_000;

    // The mean over a session of the squared factor 0.6 + 1.2 x², with x from −1 to 1.
    private const double MeanSquare = 0.36 + 2 * 0.6 * 1.2 / 3 + 1.2 * 1.2 / 5;

    private readonly RandomStream _tails = seed.For("tails").Stream();
    private readonly RandomStream _jumps = seed.For("jumps").Stream();

    /// <summary>Student's t with variance 1 from a normal draw; the draw itself for normal noise.</summary>
    public double Noise(double normal)
    {
        var degrees = options.TailDegrees;
        if (degrees == 0)
        {
            return normal;
        }

        var chiSquare = 0.0;
        for (var i = 0; i < degrees; i++)
        {
            var draw = _tails.NextGaussian();
            chiSquare += draw * draw;
        }

        return Math.Clamp(normal * Math.Sqrt((degrees - 2) / chiSquare), -MostDeviations, MostDeviations);
    }

    /// <summary>A jump's log return, its expected simple return zero; mostly 0.</summary>
    public double Jump() =>
        options.JumpProbability > 0 && _jumps.NextDouble() < options.JumpProbability
            ? options.JumpDeviation * (_jumps.NextGaussian() - options.JumpDeviation / 2)
            : 0;

    public double Deviation(int t, double deviation) =>
        options.SessionBars == 0 ? deviation : deviation * Factor(t) / Math.Sqrt(MeanSquare);

    /// <summary>The factor's mean over a session is 1.</summary>
    public double Volume(int t, double volume) => options.SessionBars == 0 ? volume : volume * Factor(t);

    public static long[] Minutes(int count, int sessionBars)
    {
        var times = new long[count];
        var open = new DateTimeOffset(2000, 1, 3, 14, 30, 0, TimeSpan.Zero);
        for (var t = 0; t < count; t++)
        {
            var bar = t % sessionBars;
            times[t] = open.ToUnixTimeMilliseconds() + bar * Minute;
            if (bar == sessionBars - 1)
            {
                open = open.AddDays(open.DayOfWeek == DayOfWeek.Friday ? 3 : 1);
            }
        }

        return times;
    }

    private double Factor(int t)
    {
        var x = 2.0 * (t % options.SessionBars) / (options.SessionBars - 1) - 1;
        return 0.6 + 1.2 * x * x;
    }
}
