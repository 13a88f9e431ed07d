using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Sources.Updates;

/// <summary>Stored bars beside what the source gives for the same stamps now.</summary>
/// <param name="Fresh">Indices of fetched bars that are not stored.</param>
/// <param name="Changed">Indices of fetched bars that are stored with other values.</param>
/// <param name="Gone">Stamps of stored bars between the first and the last fetched one that the source does not have
/// any more.</param>
/// <param name="ReachesOldest">Whether the oldest bar that both have is among them, by its prices.</param>
/// <param name="Detail">The first change in words; empty without one.</param>
internal sealed record BarComparison(
    ImmutableArray<int> Fresh, ImmutableArray<int> Changed, ImmutableArray<long> Gone, bool ReachesOldest,
    string Detail)
{
    /// <summary>Providers compute prices anew for each answer; the last digits are noise.</summary>
    private const double Tolerance = 1e-6;

    private const double RatioTolerance = 0.005;

    public bool IsChange => Changed.Length > 0 || Gone.Length > 0;

    /// <summary>What has changed, in words; empty where nothing has.</summary>
    public string Words()
    {
        var gone = Gone.Length == 0
            ? ""
            : $"{Gone.Length} stored bars are not at the source any more, the first {BarRules.Stamp(Gone[0])}";
        return Changed.Length == 0 ? gone
            : $"{Changed.Length} stored bars are others now: {Detail}" + (gone.Length > 0 ? $"; {gone}" : "");
    }

    /// <param name="stored">Before.</param>
    /// <param name="fetched">Now.</param>
    /// <param name="factors">Splits that may explain a change.</param>
    public static BarComparison Of(BarSeries stored, BarSeries fetched, ImmutableArray<PriceFactor> factors)
    {
        var (before, now) = (stored.ToDraft(), fetched.ToDraft());
        var (fresh, changed) = (ImmutableArray.CreateBuilder<int>(), ImmutableArray.CreateBuilder<int>());
        var (oldest, detail) = (-1, "");
        for (var j = 0; j < fetched.Count; j++)
        {
            var i = stored.Times.BinarySearch(fetched.Times[j]);
            if (i < 0)
            {
                fresh.Add(j);
                continue;
            }

            oldest = oldest < 0 ? j : oldest;
            if (!AreSame(before, i, now, j))
            {
                detail = changed.Count == 0 ? Both(before, i, now, j, factors) : detail;
                changed.Add(j);
            }
        }

        var reaches = oldest >= 0 && changed.Count > 0 && changed[0] == oldest
            && !IsNear(stored.Close[stored.Times.BinarySearch(fetched.Times[oldest])], fetched.Close[oldest]);
        return new BarComparison(
            fresh.ToImmutable(), changed.ToImmutable(), GoneFrom(stored, fetched), reaches, detail);
    }

    private static ImmutableArray<long> GoneFrom(BarSeries stored, BarSeries fetched)
    {
        var gone = ImmutableArray.CreateBuilder<long>();
        foreach (var time in stored.Times)
        {
            if (fetched.Count > 0 && time > fetched.Times[0] && time < fetched.Times[^1]
                && fetched.Times.BinarySearch(time) < 0)
            {
                gone.Add(time);
            }
        }

        return gone.ToImmutable();
    }

    public static bool AreSame(BarDraft a, int i, BarDraft b, int j) =>
        IsNear(a.Open.Span[i], b.Open.Span[j]) && IsNear(a.High.Span[i], b.High.Span[j])
        && IsNear(a.Low.Span[i], b.Low.Span[j]) && IsNear(a.Close.Span[i], b.Close.Span[j])
        && IsNear(a.Volume.Span[i], b.Volume.Span[j]);

    private static bool IsNear(double a, double b) =>
        a.Equals(b) || Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));

    private static string Both(BarDraft before, int i, BarDraft now, int j, ImmutableArray<PriceFactor> factors)
    {
        var ratio = now.Close.Span[j] / before.Close.Span[i];
        var split = factors.FirstOrDefault(factor =>
            factor.SharesPerOld != 1 && Math.Abs(ratio * factor.SharesPerOld - 1) < RatioTolerance);
        var why = split is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture,
                $"; the split of {BarRules.Stamp(split.From)}, {split.SharesPerOld:0.####} for 1, explains it");
        return string.Create(CultureInfo.InvariantCulture,
            $"bar {BarRules.Stamp(now.Times.Span[j])} was open {before.Open.Span[i]}, high {before.High.Span[i]}, "
                + $"low {before.Low.Span[i]}, close {before.Close.Span[i]}, volume {before.Volume.Span[i]} and is open "
                + $"{now.Open.Span[j]}, high {now.High.Span[j]}, low {now.Low.Span[j]}, close {now.Close.Span[j]}, "
                + $"volume {now.Volume.Span[j]} now{why}");
    }
}
