using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrainingCluster.MarketData.Content;

namespace TrainingCluster.MarketData.Series;

/// <summary>
/// Bars of one or more symbols of one interval, ordered by symbol. All bars stand in one row of rows, symbol after
/// symbol: row = <see cref="Starts"/>[symbol] + bar. Immutable.
/// </summary>
public sealed class BarPanel
{
    private readonly Lazy<Digest> _digest;
    private readonly Lazy<double> _perYear;

    private BarPanel(ImmutableArray<BarSeries> symbols)
    {
        Symbols = symbols;
        var starts = ImmutableArray.CreateBuilder<int>(symbols.Length);
        foreach (var bars in symbols)
        {
            starts.Add(Count);
            Count = checked(Count + bars.Count);
        }

        Starts = starts.MoveToImmutable();
        _digest = new Lazy<Digest>(() => symbols.Length == 1 ? symbols[0].Digest : Digest.Of(Manifest()));
        _perYear = new Lazy<double>(
            () => symbols.Length == 1 ? symbols[0].BarsPerYear : BarCalendar.Of(Moments()).BarsPerYear);
    }

    /// <summary>By symbol in ordinal order; at least one.</summary>
    public ImmutableArray<BarSeries> Symbols { get; }

    /// <summary>The first row of each symbol.</summary>
    public ImmutableArray<int> Starts { get; }

    /// <summary>Rows: the bars of all symbols.</summary>
    public int Count { get; }

    public bool IsSingle => Symbols.Length == 1;

    /// <summary>
    /// Of one symbol its bars' own digest; of several the sha-256 of <see cref="Manifest"/>. The order in which
    /// symbols were named does not matter.
    /// </summary>
    public Digest Digest => _digest.Value;

    /// <summary>Moments a year at which some symbol has a bar, to annualise an account over all of them.</summary>
    public double BarsPerYear => _perYear.Value;

    /// <summary>Names of the symbols.</summary>
    public ImmutableArray<string> Names => [.. Symbols.Select(bars => bars.Symbol)];

    public static implicit operator BarPanel(BarSeries bars) => new([bars]);

    /// <exception cref="BarPanelException">The symbols cannot be trained on together; all reasons are
    /// listed.</exception>
    public static BarPanel Of(IEnumerable<BarSeries> symbols)
    {
        ImmutableArray<BarSeries> ordered = [.. symbols.OrderBy(bars => bars.Symbol, StringComparer.Ordinal)];
        var violations = Violations(ordered);
        return violations.IsEmpty ? new BarPanel(ordered) : throw new BarPanelException(violations);
    }

    /// <summary>The symbol that a row belongs to.</summary>
    public int SymbolOf(int row)
    {
        var found = Starts.BinarySearch(row);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>Stamp of a row, Unix milliseconds UTC.</summary>
    public long TimeOf(int row)
    {
        var symbol = SymbolOf(row);
        return Symbols[symbol].Times[row - Starts[symbol]];
    }

    /// <summary>The text that names a panel of several symbols: a format line, then one line a symbol with its name
    /// and the digest of its bars.</summary>
    public string Manifest()
    {
        var text = new StringBuilder(ManifestFormat).Append('\n');
        foreach (var bars in Symbols)
        {
            text.Append(bars.Digest.Hex).Append(' ').Append(bars.Symbol).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The first line of every <see cref="Manifest"/>.</summary>
    public const string ManifestFormat = "panel/1";

    private long[] Moments()
    {
        var all = new long[Count];
        for (var k = 0; k < Symbols.Length; k++)
        {
            Symbols[k].Times.CopyTo(all.AsSpan(Starts[k]));
        }

        Array.Sort(all);
        return [.. all.Distinct()];
    }

    private static ImmutableArray<string> Violations(ImmutableArray<BarSeries> symbols)
    {
        if (symbols.IsEmpty)
        {
            return ["there is no symbol; name at least one file of bars"];
        }

        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var twice in symbols.GroupBy(bars => bars.Symbol).Where(group => group.Count() > 1))
        {
            found.Add($"symbol '{twice.Key}' is there {twice.Count()} times; name each symbol once");
        }

        var first = symbols[0];
        foreach (var other in symbols.Skip(1))
        {
            if (other.Interval != first.Interval)
            {
                found.Add(string.Create(CultureInfo.InvariantCulture,
                    $"'{other.Symbol}' has a bar every {other.Interval} and '{first.Symbol}' every "
                    + $"{first.Interval}; train each interval by itself"));
            }

            if (!Columns(other).SequenceEqual(Columns(first)))
            {
                found.Add($"'{other.Symbol}' has the further columns [{string.Join(", ", Columns(other))}] and "
                    + $"'{first.Symbol}' [{string.Join(", ", Columns(first))}]; they must be the same");
            }
        }

        return found.ToImmutable();
    }

    private static IEnumerable<string> Columns(BarSeries bars) => bars.Extra.Select(column => column.Name);
}

/// <summary>Some symbols cannot be trained on together. The message lists every reason.</summary>
public sealed class BarPanelException(ImmutableArray<string> violations)
    : Exception("these bars do not go together:\n  " + string.Join("\n  ", violations))
{
    public ImmutableArray<string> Violations { get; } = violations;
}
