using System.Collections.Immutable;
using TrainingCluster.MarketData.Content;

namespace TrainingCluster.MarketData.Series;

/// <summary>
/// Bars of one symbol in columns. Stamps strictly increase; prices are finite and above zero; volumes are
/// finite and not negative. Immutable and safe to share between threads; slices are views of the same memory.
/// </summary>
public sealed class BarSeries
{
    private readonly BarDraft _bars;
    private readonly Lazy<Digest> _digest;
    private readonly Lazy<BarCalendar> _calendar;

    private BarSeries(BarDraft bars)
    {
        _bars = bars;
        _digest = new Lazy<Digest>(() => BarDigest.Of(_bars));
        _calendar = new Lazy<BarCalendar>(() => BarCalendar.Of(_bars.Times.Span));
    }

    public string Symbol => _bars.Symbol;

    public int Count => _bars.Count;

    /// <summary>Unix milliseconds UTC, the bar's stamp as the source gave it.</summary>
    public ReadOnlySpan<long> Times => _bars.Times.Span;

    public ReadOnlySpan<double> Open => _bars.Open.Span;

    public ReadOnlySpan<double> High => _bars.High.Span;

    public ReadOnlySpan<double> Low => _bars.Low.Span;

    public ReadOnlySpan<double> Close => _bars.Close.Span;

    /// <summary>0 on every bar where the source has no volume.</summary>
    public ReadOnlySpan<double> Volume => _bars.Volume.Span;

    /// <summary>Further numeric columns of the source, in its order; each becomes a feature.</summary>
    public ImmutableArray<BarColumn> Extra => _bars.Extra;

    /// <summary>
    /// sha-256 of symbol, column names and values: same bars, same digest, wherever they came from.
    /// </summary>
    public Digest Digest => _digest.Value;

    /// <summary>The median step between stamps; zero with fewer than two bars.</summary>
    public TimeSpan Interval => _calendar.Value.Interval;

    /// <summary>
    /// Bars in a year, to annualise with: 252 for daily bars without weekends, 365 for daily bars with them; for less
    /// than a year of bars within the day that rest on weekends, 252 usual days (the median count of bars a day); else
    /// what was observed per 365.25 days. 252 with fewer than two bars.
    /// </summary>
    public double BarsPerYear => _calendar.Value.BarsPerYear;

    /// <summary>Takes over the arrays: the caller must not write to them afterwards.</summary>
    /// <exception cref="BarDataException">A rule is broken; the message lists all violations.</exception>
    public static BarSeries Create(
        string symbol,
        long[] timesUtcMilliseconds,
        double[] open,
        double[] high,
        double[] low,
        double[] close,
        double[] volume,
        ImmutableArray<BarColumn> extra = default) =>
        Create(new BarDraft
        {
            Symbol = symbol,
            Source = symbol,
            Times = timesUtcMilliseconds,
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = volume,
            Extra = extra.IsDefault ? [] : extra,
        });

    /// <exception cref="BarDataException">A rule is broken; the message lists all violations.</exception>
    public static BarSeries Create(BarDraft draft)
    {
        var violations = new BarViolations();
        BarRules.Check(draft, violations);
        violations.ThrowIfAny();

        return Adopt(draft);
    }

    /// <summary>For drafts that have already been checked.</summary>
    internal static BarSeries Adopt(BarDraft draft) =>
        new(draft with { Lines = default, Names = new BarColumnNames() });

    /// <summary>The same bars as a draft, for checks and repairs; a view, nothing is copied.</summary>
    public BarDraft ToDraft() => _bars;

    /// <summary>A view of some bars; nothing is copied. Its digest is that of its own bars.</summary>
    public BarSeries Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);

        return start == 0 && count == Count ? this : new BarSeries(_bars with
        {
            Times = _bars.Times.Slice(start, count),
            Open = _bars.Open.Slice(start, count),
            High = _bars.High.Slice(start, count),
            Low = _bars.Low.Slice(start, count),
            Close = _bars.Close.Slice(start, count),
            Volume = _bars.Volume.Slice(start, count),
            Extra = [.. _bars.Extra.Select(c => c with { Values = c.Values.Slice(start, count) })],
        });
    }

    /// <summary>
    /// A view of the bars whose stamps lie between two moments, both inclusive; null is unbounded.
    /// </summary>
    public BarSeries Between(DateTimeOffset? from, DateTimeOffset? to)
    {
        var start = from is { } first ? FirstAtOrAfter(first.ToUnixTimeMilliseconds()) : 0;
        var end = to is { } last ? FirstAtOrAfter(last.ToUnixTimeMilliseconds() + 1) : Count;
        return Slice(start, Math.Max(0, end - start));
    }

    private int FirstAtOrAfter(long milliseconds)
    {
        var index = Times.BinarySearch(milliseconds);
        return index >= 0 ? index : ~index;
    }
}
