using System.Collections.Immutable;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Testing.Files;

namespace TrainingCluster.UnitTests.Trading.Causality;

/// <summary>Every real series there is, and two hundred generated ones of every kind.</summary>
internal static class ManyMarkets
{
    public const int Synthetic = 200;

    /// <summary>One test case each, so that a failure names its market; the cases run side by side.</summary>
    public const int SyntheticInACase = 20;

    private const int ShortestBars = 260;

    /// <summary>Names of files in shared/data/bars; one empty name where there is no such folder.</summary>
    public static TheoryData<string> Files
    {
        get
        {
            var folder = SharedData.Find("bars");
            string[] paths = folder is null ? [] : Directory.GetFiles(folder);
            return paths.Length == 0
                ? [""]
                : [.. paths.Order(StringComparer.Ordinal).Select(path => Path.GetFileName(path))];
        }
    }

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Synthetic / SyntheticInACase)];

    /// <summary>Null for the empty name.</summary>
    public static BarSeries? Real(string file) =>
        file.Length == 0 ? null : BarImporter.Read(SharedData.Find("bars", file)!).ToSeries();

    public static IEnumerable<BarSeries> OfCase(int index) =>
        Enumerable.Range(index * SyntheticInACase, SyntheticInACase).Select(Generated);

    /// <summary>Signals, tails, jumps, sessions, regimes, drift, calm and stormy, in ever new mixtures; every fifth
    /// moves with another one, every seventh had defects that were repaired.</summary>
    public static BarSeries Generated(int index)
    {
        var seed = new Seed((ulong)index).For("causality");
        var options = new SyntheticMarketOptions
        {
            Symbol = $"M{index}",
            Bars = ShortestBars + index % 4 * 45,
            Volatility = index % 11 == 0 ? 1e-5 : 0.002 * (1 + index % 13),
            Drift = index % 3 == 0 ? 0.001 * (index % 7 - 3) : 0,
            SignalCorrelation = index % 2 == 0 ? 0.3 : 0,
            SignalPersistence = index % 4 == 0 ? 0 : 0.9,
            Regimes = index % 3 == 1,
            TailDegrees = index % 5 < 2 ? 3 + index % 6 : 0,
            JumpProbability = index % 4 == 3 ? 0.05 : 0,
            SessionBars = index % 6 == 5 ? 30 + index % 40 : 0,
            InitialPrice = index % 9 == 0 ? 1e-3 : index % 9 == 1 ? 5e4 : 100,
        };
        var bars = index % 5 == 4
            ? SyntheticMarkets.Generate([options, options with { Symbol = "OTHER" }], 0.7, seed)[0]
            : SyntheticMarket.Generate(options, seed);
        return index % 7 == 6 ? Repaired(bars, seed) : bars;
    }

    private static BarSeries Repaired(BarSeries bars, Seed seed)
    {
        ImmutableArray<DefectKind> kinds =
            [DefectKind.Duplicate, DefectKind.Swap, DefectKind.Gap, DefectKind.MissingClose, DefectKind.Stale];
        return BarSeries.Create(BarRepairer.Repair(DefectPlanter.Plant(bars, kinds, seed).Draft).Bars);
    }
}
