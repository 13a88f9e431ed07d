using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Training.Environments.PeerMarket;

/// <summary>
/// The generated market that learners of several systems are compared on: three regimes that change rarely, and
/// a persistent signal that explains 4 % of the next bar's variance. Only sums, products, quotients and square
/// roots in double precision in a fixed order, so that any language gives the same bits. Immutable.
/// </summary>
public sealed class PeerMarketData
{
    public const int Bars = 100_000;

    /// <summary>Entries of a bar: three returns, volatility, scaled return, noise, signal, time of day.</summary>
    public const int Features = 8;

    private const ulong Origin = 20240601;
    private const double Persistence = 0.9;
    private const double Share = 0.2;
    private const double RegimeStay = 0.995;
    private const double Scale = 0.001;
    private const float Bound = 5;
    private static readonly double[] Drifts = [0.00002, -0.00002, 0.0];
    private static readonly double[] Deviations = [0.0008, 0.0012, 0.0016];
    private readonly double[] _returns = new double[Bars];
    private readonly float[] _features = new float[Bars * Features];

    private PeerMarketData()
    {
    }

    /// <summary>[bar]: simple return from the bar before.</summary>
    public ReadOnlySpan<double> Returns => _returns;

    /// <summary>[bar, feature].</summary>
    public ReadOnlySpan<float> FeatureRows => _features;

    /// <summary>The one market there is, made anew.</summary>
    public static PeerMarketData Generate()
    {
        var data = new PeerMarketData();
        var (signals, noises) = (new double[Bars], new double[Bars]);
        data.FillReturns(signals, noises);
        data.FillFeatures(signals, noises);
        return data;
    }

    private void FillReturns(double[] signals, double[] noises)
    {
        var random = new RandomStream(Origin);
        var (signalNoise, returnNoise) = (Math.Sqrt(1 - Persistence * Persistence), Math.Sqrt(1 - Share * Share));
        var (regime, signal, noise) = (0, 0.0, 0.0);
        for (var bar = 0; bar < Bars; bar++)
        {
            var (change, which) = (random.NextDouble(), random.NextDouble());
            var (forSignal, forReturn, forNoise) = (Bell(random), Bell(random), Bell(random));
            if (change >= RegimeStay)
            {
                regime = (regime + (which < 0.5 ? 1 : 2)) % 3;
            }

            // The signal of the bar before: a policy that has seen it can act on it.
            _returns[bar] = Drifts[regime] + Deviations[regime] * (Share * signal + returnNoise * forReturn);
            signal = Persistence * signal + signalNoise * forSignal;
            noise = 0.8 * noise + 0.6 * forNoise;
            (signals[bar], noises[bar]) = (signal, noise);
        }
    }

    private void FillFeatures(double[] signals, double[] noises)
    {
        var (five, twenty) = (Scale * Math.Sqrt(5.0), Scale * Math.Sqrt(20.0));
        var variance = 1e-6;
        for (var bar = 0; bar < Bars; bar++)
        {
            var (x, before) = (_returns[bar], variance);
            variance = 0.94 * variance + 0.06 * (x * x);
            var row = _features.AsSpan(bar * Features, Features);
            row[0] = Bounded(x / Scale);
            row[1] = Bounded(Sum(bar, 5) / five);
            row[2] = Bounded(Sum(bar, 20) / twenty);
            row[3] = Bounded(Math.Sqrt(variance) / Scale - 1.0);
            row[4] = Bounded(x / (Math.Sqrt(before) + 1e-8));
            row[5] = Bounded(noises[bar]);
            row[6] = Bounded(signals[bar]);
            row[7] = Bounded(bar % 390 / 195.0 - 1.0);
        }
    }

    /// <summary>Of the last returns, the oldest first.</summary>
    private double Sum(int bar, int count)
    {
        var sum = 0.0;
        for (var i = Math.Max(0, bar - count + 1); i <= bar; i++)
        {
            sum += _returns[i];
        }

        return sum;
    }

    /// <summary>The sum of twelve uniform numbers less 6: mean 0, variance 1, exact arithmetic.</summary>
    private static double Bell(RandomStream random)
    {
        var sum = 0.0;
        for (var i = 0; i < 12; i++)
        {
            sum += random.NextDouble();
        }

        return sum - 6.0;
    }

    private static float Bounded(double value) => (float)Math.Clamp(value, -Bound, Bound);
}
