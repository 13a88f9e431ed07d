using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Repairs;

/// <summary>Bars in an order of their own, with values that may be changed.</summary>
internal sealed class Rows
{
    private readonly int[] _bars;
    private readonly ReadOnlyMemory<long> _times;

    private Rows(int[] bars, BarDraft draft, Func<ReadOnlyMemory<double>, double[]> pick)
    {
        _bars = bars;
        _times = draft.Times;
        Open = pick(draft.Open);
        High = pick(draft.High);
        Low = pick(draft.Low);
        Close = pick(draft.Close);
        Volume = pick(draft.Volume);
    }

    private Rows(Rows rows, int[] kept)
    {
        _times = rows._times;
        _bars = Array.ConvertAll(kept, row => rows._bars[row]);
        Open = Array.ConvertAll(kept, row => rows.Open[row]);
        High = Array.ConvertAll(kept, row => rows.High[row]);
        Low = Array.ConvertAll(kept, row => rows.Low[row]);
        Close = Array.ConvertAll(kept, row => rows.Close[row]);
        Volume = Array.ConvertAll(kept, row => rows.Volume[row]);
    }

    public int Count => _bars.Length;

    public double[] Open { get; }

    public double[] High { get; }

    public double[] Low { get; }

    public double[] Close { get; }

    public double[] Volume { get; }

    public static Rows Of(BarDraft bars) =>
        new([.. Enumerable.Range(0, bars.Count)], bars, column => column.ToArray());

    /// <summary>Index of a row in the source.</summary>
    public int Bar(int row) => _bars[row];

    public long Time(int row) => _times.Span[_bars[row]];

    /// <summary>By time; rows of one stamp stay in the source's order.</summary>
    public void Sort(long[] times)
    {
        int[] order = [.. Enumerable.Range(0, Count).OrderBy(row => times[row])];
        var copy = new Rows(this, order);
        copy._bars.CopyTo(_bars, 0);
        copy.Open.CopyTo(Open, 0);
        copy.High.CopyTo(High, 0);
        copy.Low.CopyTo(Low, 0);
        copy.Close.CopyTo(Close, 0);
        copy.Volume.CopyTo(Volume, 0);
    }

    public Rows Pick(List<int> kept) => new(this, [.. kept]);

    public bool SameValues(int one, int other) =>
        Open[one] == Open[other] && High[one] == High[other] && Low[one] == Low[other]
        && Close[one] == Close[other] && Volume[one] == Volume[other];

    public bool HasUsablePrices(int row) =>
        Usable(Open[row]) && Usable(High[row]) && Usable(Low[row]) && Usable(Close[row]);

    public void SetFlat(int row, double price) =>
        (Open[row], High[row], Low[row], Close[row]) = (price, price, price, price);

    public BarDraft ToDraft(BarDraft source) => source with
    {
        Times = Array.ConvertAll(_bars, bar => source.Times.Span[bar]),
        Open = Open,
        High = High,
        Low = Low,
        Close = Close,
        Volume = Volume,
        Extra =
        [
            .. source.Extra.Select(column =>
                column with { Values = Array.ConvertAll(_bars, bar => column.Values.Span[bar]) }),
        ],
        Lines = source.Lines.Length == source.Count ? Array.ConvertAll(_bars, bar => source.Lines.Span[bar]) : default,
    };

    private static bool Usable(double price) => price > 0 && double.IsFinite(price);
}
