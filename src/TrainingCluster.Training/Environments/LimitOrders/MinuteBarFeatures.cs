using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Training.Environments.LimitOrders;

/// <summary>
/// What a bar looks like beside the one before it, in units of how far this market usually moves: nothing in it is
/// fitted, and nothing reads a later bar.
/// </summary>
public static class MinuteBarFeatures
{
    /// <summary>Return, high and low and open against the close, volume against usual, usual movement.</summary>
    public const int Width = 6;

    private const double Decay = 0.97;
    private const double Bound = 5;

    /// <returns>[bar, entry], each in ±5.</returns>
    public static float[] Compute(BarSeries bars)
    {
        var rows = new float[bars.Count * Width];
        var (movement, volume, typical) = (0.0, 0.0, 0.0);
        for (var bar = 0; bar < bars.Count; bar++)
        {
            var (close, before) = (bars.Close[bar], bars.Close[Math.Max(0, bar - 1)]);
            var change = Math.Log(close / before);
            var range = Math.Log(bars.High[bar] / bars.Low[bar]);
            movement = bar == 0 ? range : Decay * movement + (1 - Decay) * range;
            typical = bar == 0 ? range : 0.999 * typical + 0.001 * range;
            volume = bar == 0 ? bars.Volume[bar] : Decay * volume + (1 - Decay) * bars.Volume[bar];
            var unit = Math.Max(movement, 1e-8);
            var row = rows.AsSpan(bar * Width, Width);
            row[0] = Bounded(change / unit);
            row[1] = Bounded(Math.Log(bars.High[bar] / close) / unit);
            row[2] = Bounded(Math.Log(bars.Low[bar] / close) / unit);
            row[3] = Bounded(Math.Log(bars.Open[bar] / close) / unit);
            row[4] = Bounded(volume > 0 ? bars.Volume[bar] / volume - 1 : 0);
            row[5] = Bounded(typical > 0 ? movement / typical - 1 : 0);
        }

        return rows;
    }

    private static float Bounded(double value) => (float)Math.Clamp(value, -Bound, Bound);
}
