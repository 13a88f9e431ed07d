using TrainingCluster.Features.Indicators;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.UnitTests.Features;

namespace TrainingCluster.UnitTests.Trading.Causality;

/// <summary>
/// On every market: what is said at a bar is the same bit for bit whether later bars are there, are others, or come one
/// by one.
/// </summary>
public sealed class CausalColumnSpecs
{
    private const int MostOutputs = 8;
    private const double Garbage = -7.25e111;

    public static TheoryData<string> Files => ManyMarkets.Files;

    public static TheoryData<int> Cases => ManyMarkets.Cases;

    [Theory]
    [MemberData(nameof(Files))]
    public void Bars_that_follow_change_nothing_on_real_bars(string file) => CheckPrefixes(ManyMarkets.Real(file));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bars_that_follow_change_nothing_on_generated_bars(int index) =>
        Assert.All(ManyMarkets.OfCase(index), CheckPrefixes);

    [Theory]
    [MemberData(nameof(Files))]
    public void Bar_by_bar_gives_the_columns_of_real_bars(string file) => CheckStream(ManyMarkets.Real(file));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bar_by_bar_gives_the_columns_of_generated_bars(int index) =>
        Assert.All(ManyMarkets.OfCase(index), CheckStream);

    [Fact]
    public void A_column_that_reads_one_bar_ahead_is_noticed()
    {
        static double[][] Ahead(BarSeries bars) =>
            [[.. Enumerable.Range(0, bars.Count).Select(t => bars.Close[Math.Min(t + 1, bars.Count - 1)])]];

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(
            () => CheckPrefixes(ManyMarkets.Generated(0), [("ahead", Ahead)]));
    }

    private static void CheckPrefixes(BarSeries? bars) => CheckPrefixes(bars, CausalColumns.All);

    private static void CheckPrefixes(
        BarSeries? bars, IEnumerable<(string Name, Func<BarSeries, double[][]> Of)> columns)
    {
        if (bars is null)
        {
            return;
        }

        var first = CausalColumns.FittedOn.End;
        var random = new Seed((ulong)bars.Count).For(bars.Symbol).Stream();
        int[] cuts = [first + random.NextInt32(bars.Count - first), first + random.NextInt32(bars.Count - first)];
        BarSeries[] others =
        [
            .. cuts.Select(cut => bars.Slice(0, cut + 1)),
            Future.CorruptAfter(bars, cuts[0], (ulong)cuts[1]),
        ];
        foreach (var (name, of) in columns)
        {
            var whole = of(bars);
            foreach (var (index, other) in others.Index())
            {
                var part = of(other);
                Assert.Equal(whole.Length, part.Length);
                var known = cuts[index % cuts.Length] + 1;
                for (var i = 0; i < whole.Length; i++)
                {
                    Bits.Same(whole[i], part[i], known, $"{bars.Symbol}, {name}, column {i}");
                }
            }
        }
    }

    /// <summary>All indicators together take a bar before the next bar comes; what stood in the outputs before is
    /// garbage.</summary>
    private static void CheckStream(BarSeries? bars)
    {
        if (bars is null)
        {
            return;
        }

        var names = IndicatorCatalogue.Names.ToArray();
        var columns = Array.ConvertAll(names, name => IndicatorColumns.Compute(IndicatorSpec.Parse(name).Make(), bars));
        var indicators = Array.ConvertAll(names, name => IndicatorSpec.Parse(name).Make());
        Span<double> outputs = stackalloc double[MostOutputs];
        for (var t = 0; t < bars.Count; t++)
        {
            var bar = new BarValues(bars.Open[t], bars.High[t], bars.Low[t], bars.Close[t], bars.Volume[t]);
            for (var i = 0; i < indicators.Length; i++)
            {
                outputs.Fill(Garbage);
                indicators[i].Next(bar, outputs[..columns[i].Length]);
                for (var output = 0; output < columns[i].Length; output++)
                {
                    if (BitConverter.DoubleToInt64Bits(outputs[output])
                        != BitConverter.DoubleToInt64Bits(columns[i][output][t]))
                    {
                        Assert.Fail($"{bars.Symbol}, {names[i]}.{indicators[i].Outputs[output]} at bar {t}: "
                            + $"{columns[i][output][t]:R} as a column, {outputs[output]:R} bar by bar");
                    }
                }
            }
        }
    }
}
