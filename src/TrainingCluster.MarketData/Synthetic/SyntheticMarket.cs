using System.Collections.Immutable;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Synthetic;

/// <summary>
/// Generates bars whose truth is known: geometric Brownian motion, optionally with switching volatility and
/// with a column that foretells the next return as strongly as asked. open[t+1] equals close[t] exactly, so
/// that a decision at the close of t earns precisely what the signal at t correlates with. Stamps are
/// weekdays from 2000-01-03 on. Each part draws from its own split of the seed: asking for a signal does not
/// change the noise.
/// </summary>
public static class SyntheticMarket
{
    private const int StayBars = 50;

    private static readonly ImmutableArray<double> RegimeScales = [0.5, 1, 2];

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="BarDataException">Drift and volatility drove the price out of range.</exception>
    public static BarSeries Generate(SyntheticMarketOptions options, Seed seed) =>
        Generate(options, seed, null, 0);

    /// <param name="options">The market.</param>
    /// <param name="seed">Of everything that is the market's own.</param>
    /// <param name="common">Standard normal noise by bar that markets share, or null.</param>
    /// <param name="loading">How strongly this market follows it, in [−1, 1].</param>
    internal static BarSeries Generate(SyntheticMarketOptions options, Seed seed, double[]? common, double loading)
    {
        options.Validate();

        var signal = Signal(options, seed.For("signal").Stream());
        var volatility = Volatility(options, seed.For("regimes").Stream());
        var noise = seed.For("noise").Stream();
        var wicks = seed.For("wicks").Stream();
        var volumes = seed.For("volume").Stream();
        var shape = new ReturnShape(options, seed);
        var independent = Math.Sqrt(1 - options.SignalCorrelation * options.SignalCorrelation);
        var count = options.Bars;
        var (open, high, low) = (new double[count], new double[count], new double[count]);
        var (close, volume) = (new double[count], new double[count]);
        var price = options.InitialPrice;
        for (var t = 0; t < count; t++)
        {
            var foretold = t == 0 ? 0 : options.SignalCorrelation * signal[t - 1];
            var draw = shape.Noise(noise.NextGaussian());
            var own = common is null ? draw : loading * common[t] + Math.Sqrt(1 - loading * loading) * draw;
            var shock = foretold + independent * own;
            var deviation = shape.Deviation(t, volatility[t]);
            // The −σ²/2 makes the expected simple return equal the drift: without drift, a fair game.
            var step = Math.Log(1 + options.Drift) - deviation * deviation / 2 + deviation * shock
                + shape.Jump();
            open[t] = price;
            close[t] = price * Math.Exp(step);
            var highest = price * Math.Exp(Extreme(step, deviation, wicks));
            var lowest = price * Math.Exp(-Extreme(-step, deviation, wicks));
            high[t] = Math.Max(Math.Max(open[t], close[t]), highest);
            low[t] = Math.Min(Math.Min(open[t], close[t]), lowest);
            var activity = 0.3 * volumes.NextGaussian() + 0.2 * (Math.Abs(shock) - 0.8);
            volume[t] = Math.Round(shape.Volume(t, options.TypicalVolume) * Math.Exp(activity));
            price = close[t];
        }

        return BarSeries.Create(
            options.Symbol, options.SessionBars > 0 ? ReturnShape.Minutes(count, options.SessionBars) : Weekdays(count),
            open, high, low, close, volume, Extra(options, signal));
    }

    /// <summary>
    /// The largest log price of a Brownian bridge from 0 to <paramref name="step"/>, by inverting its
    /// distribution (Karatzas, Shreve 1991, "Brownian Motion and Stochastic Calculus", equation 4.3.40).
    /// </summary>
    private static double Extreme(double step, double deviation, RandomStream random) =>
        (step + Math.Sqrt(step * step - 2 * deviation * deviation * Math.Log(1 - random.NextDouble()))) / 2;

    private static double[] Signal(SyntheticMarketOptions options, RandomStream random)
    {
        var signal = new double[options.Bars];
        var kept = options.SignalPersistence;
        var fresh = Math.Sqrt(1 - kept * kept);
        signal[0] = random.NextGaussian();
        for (var t = 1; t < signal.Length; t++)
        {
            signal[t] = kept * signal[t - 1] + fresh * random.NextGaussian();
        }

        return signal;
    }

    private static double[] Volatility(SyntheticMarketOptions options, RandomStream random)
    {
        var volatility = new double[options.Bars];
        var regime = 1;
        for (var t = 0; t < volatility.Length; t++)
        {
            if (options.Regimes && random.NextInt32(StayBars) == 0)
            {
                regime = (regime + 1 + random.NextInt32(RegimeScales.Length - 1)) % RegimeScales.Length;
            }

            volatility[t] = options.Volatility * (options.Regimes ? RegimeScales[regime] : 1);
        }

        return volatility;
    }

    private static long[] Weekdays(int count)
    {
        var times = new long[count];
        var day = new DateTimeOffset(2000, 1, 3, 0, 0, 0, TimeSpan.Zero);
        for (var t = 0; t < count; t++)
        {
            times[t] = day.ToUnixTimeMilliseconds();
            day = day.AddDays(day.DayOfWeek == DayOfWeek.Friday ? 3 : 1);
        }

        return times;
    }

    private static ImmutableArray<BarColumn> Extra(SyntheticMarketOptions options, double[] signal)
    {
        var name = options.SignalColumn ?? (options.SignalCorrelation != 0 ? "signal" : null);
        return name is null ? [] : [new BarColumn(name, signal)];
    }
}
