using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;

namespace TrainingCluster.UnitTests.MarketData.Synthetic;

public sealed class RealisticMarketSpecs
{
    private static readonly SyntheticMarketOptions Plain = new() { Bars = 40_000 };

    [Fact]
    public void Old_seeds_keep_their_bytes()
    {
        var rich = new SyntheticMarketOptions { Bars = 500, SignalCorrelation = 0.2, Regimes = true };

        Assert.Equal(
            "sha256:e6585f2f88721cca02c9f9ed2cac10e9a7b92414c9708031f9612c470e0dc011",
            SyntheticMarket.Generate(rich, new Seed(7)).Digest.ToString());
        Assert.Equal(
            "sha256:ddabb9268e57b6a3f7e072a8053e6e8ea964d5194099110fc037c9a73e6ce402",
            SyntheticMarket.Generate(new SyntheticMarketOptions { Bars = 300 }, new Seed(3)).Digest.ToString());
    }

    [Fact]
    public void Few_degrees_of_freedom_make_fat_tails_of_the_same_width()
    {
        var normal = Returns(Plain);
        var fat = Returns(Plain with { TailDegrees = 5 });

        Assert.InRange(Kurtosis(normal), 2.9, 3.1);
        Assert.InRange(Kurtosis(fat), 5, 14);
        Assert.InRange(Deviation(fat), 0.0095, 0.0105);
        Assert.InRange(fat.Average(value => Math.Exp(value) - 1), -2e-4, 2e-4);
    }

    [Fact]
    public void Jumps_come_as_often_and_as_far_as_asked()
    {
        var options = Plain with { Volatility = 0.001, JumpProbability = 0.02, JumpDeviation = 0.05 };
        var returns = Returns(options);

        var jumps = returns.Where(value => Math.Abs(value) > 0.006).ToArray();

        // Nine of ten jumps go further than six deviations of the noise.
        Assert.InRange(jumps.Length / (double)returns.Length, 0.016, 0.02);
        Assert.InRange(Math.Sqrt(jumps.Average(value => value * value)), 0.047, 0.057);
    }

    [Fact]
    public void A_session_is_lively_at_both_ends()
    {
        var bars = SyntheticMarket.Generate(Plain with { SessionBars = 390, Volatility = 0.001 }, new Seed(4));
        var returns = Returns(bars);
        double At(Func<int, bool> inside) =>
            Deviation([.. returns.Where((_, i) => inside((i + 1) % 390))]);

        Assert.Equal(60_000, bars.Times[1] - bars.Times[0]);
        Assert.Equal(new TimeSpan(14, 30, 0), DateTimeOffset.FromUnixTimeMilliseconds(bars.Times[390]).TimeOfDay);
        Assert.InRange(At(bar => bar < 20) / At(bar => bar is > 180 and < 210), 2.4, 3.3);
        Assert.InRange(At(bar => bar > 370) / At(bar => bar is > 180 and < 210), 2.4, 3.3);
        Assert.InRange(Deviation(returns), 0.00097, 0.00103);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    public void Markets_move_together_as_asked_and_keep_their_signals(double correlation)
    {
        var markets = SyntheticMarkets.Generate(
            [Plain with { Symbol = "A" }, Plain with { Symbol = "B", SignalCorrelation = 0.3 }],
            correlation,
            new Seed(2));

        var (one, other) = (Returns(markets[0]), Returns(markets[1]));
        var signal = markets[1].Extra.Single().Values.ToArray();

        // The part that the signal foretells is the market's own.
        Assert.InRange(Correlation(one, other), (correlation * 0.954) - 0.02, (correlation * 0.954) + 0.02);
        Assert.InRange(Correlation(signal[..^1], other), 0.28, 0.32);
        Assert.Throws<ArgumentException>(() => SyntheticMarkets.Generate([Plain, Plain], 0.1, new Seed(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticMarkets.Generate([Plain], 1, new Seed(2)));
    }

    [Fact]
    public void Every_defect_stands_where_it_is_said_and_breaks_what_it_should()
    {
        var clean = SyntheticMarket.Generate(Plain with { Bars = 1000 }, new Seed(9));
        DefectKind[] kinds = [.. Enum.GetValues<DefectKind>(), DefectKind.Gap, DefectKind.Duplicate];

        var spoiled = DefectPlanter.Plant(clean, [.. kinds], new Seed(1));

        Assert.Equal(kinds, spoiled.Defects.Select(defect => defect.Kind));
        Assert.Equal(1000 + 2 - 10, spoiled.Draft.Count);
        foreach (var (kind, bar) in spoiled.Defects)
        {
            var times = spoiled.Draft.Times.Span;
            var open = spoiled.Draft.Open.Span;
            var close = spoiled.Draft.Close.Span;
            var volume = spoiled.Draft.Volume.Span;
            Assert.True(kind switch
            {
                DefectKind.Duplicate => times[bar] == times[bar + 1],
                DefectKind.Swap => times[bar] > times[bar + 1],
                DefectKind.Gap => times[bar] - times[bar - 1] >= 6 * 86_400_000L,
                DefectKind.BadTick => open[bar] > 8 * open[bar - 1],
                DefectKind.CrossedRange => spoiled.Draft.High.Span[bar] < spoiled.Draft.Low.Span[bar],
                DefectKind.MissingClose => double.IsNaN(close[bar]),
                DefectKind.NegativePrice => close[bar] < 0,
                DefectKind.NegativeVolume => volume[bar] < 0,
                _ => close[bar + 20] == close[bar] && close[bar + 21] != close[bar],
            }, $"{kind} at {bar}");
        }

        Assert.Equal(clean.Digest, BarSeries.Create(DefectPlanter.Plant(clean, [], new Seed(1)).Draft).Digest);
        Assert.Throws<BarDataException>(() => BarSeries.Create(spoiled.Draft));
        Assert.Throws<ArgumentException>(() => DefectPlanter.Plant(clean.Slice(0, 50), [.. kinds], new Seed(1)));
    }

    [Fact]
    public void What_cannot_be_generated_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => (Plain with
        {
            TailDegrees = 2,
            JumpProbability = 2,
            JumpDeviation = -1,
            SessionBars = 1,
        }).Validate());

        Assert.Equal(5, error.Message.Split('\n').Length);
    }

    private static double[] Returns(SyntheticMarketOptions options) =>
        Returns(SyntheticMarket.Generate(options, new Seed(11)));

    private static double[] Returns(BarSeries bars) =>
        [.. Enumerable.Range(1, bars.Count - 1).Select(t => Math.Log(bars.Close[t] / bars.Close[t - 1]))];

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double Kurtosis(double[] values)
    {
        var mean = values.Average();
        return values.Average(value => Math.Pow(value - mean, 4)) / Math.Pow(Deviation(values), 4);
    }

    private static double Correlation(double[] one, double[] other)
    {
        var (meanOne, meanOther) = (one.Average(), other.Average());
        return one.Zip(other).Average(pair => (pair.First - meanOne) * (pair.Second - meanOther))
            / Deviation(one) / Deviation(other);
    }
}
