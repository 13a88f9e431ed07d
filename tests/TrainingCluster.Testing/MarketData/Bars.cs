using System.Collections.Immutable;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Testing.MarketData;

/// <summary>
/// Builds bars for tests: <c>Bars.Daily(120).Trending(0.2).WithGap(at: 40, percent: 3).Build()</c>.
/// Immutable: every step answers a changed copy. Without noise open[t] equals close[t−1], and high and low
/// stand 0.5 % beyond the body.
/// </summary>
public sealed record Bars
{
    private const double WickRatio = 0.005;

    private Bars()
    {
    }

    private string Symbol { get; init; } = "TEST";

    private ImmutableArray<long> Times { get; init; } = [];

    private double FirstPrice { get; init; } = 100;

    private double PercentPerBar { get; init; }

    private double Noise { get; init; }

    private ulong NoiseSeed { get; init; }

    private double VolumePerBar { get; init; } = 1000;

    private ImmutableSortedDictionary<int, double> Gaps { get; init; } =
        ImmutableSortedDictionary<int, double>.Empty;

    private ImmutableArray<double> Given { get; init; } = [];

    private ImmutableArray<BarColumn> Columns { get; init; } = [];

    /// <summary>Weekdays from 2000-01-03 on.</summary>
    public static Bars Daily(int count)
    {
        var times = ImmutableArray.CreateBuilder<long>(count);
        var day = new DateTimeOffset(2000, 1, 3, 0, 0, 0, TimeSpan.Zero);
        for (var t = 0; t < count; t++)
        {
            times.Add(day.ToUnixTimeMilliseconds());
            day = day.AddDays(day.DayOfWeek == DayOfWeek.Friday ? 3 : 1);
        }

        return new Bars { Times = times.MoveToImmutable() };
    }

    /// <summary>Bars at a fixed step from 2000-01-03 on, nights and weekends included.</summary>
    public static Bars Every(TimeSpan step, int count)
    {
        var start = new DateTimeOffset(2000, 1, 3, 0, 0, 0, TimeSpan.Zero);
        return new Bars
        {
            Times = [.. Enumerable.Range(0, count).Select(t => (start + t * step).ToUnixTimeMilliseconds())],
        };
    }

    /// <summary>Daily bars with these closes; each opens at the close before it.</summary>
    public static Bars Closing(params double[] closes) => Daily(closes.Length) with { Given = [.. closes] };

    /// <summary>Daily bars whose four prices are given one by one.</summary>
    public static BarSeries Exactly(params (double Open, double High, double Low, double Close)[] bars) =>
        BarSeries.Create(
            "TEST",
            [.. Daily(bars.Length).Times],
            [.. bars.Select(bar => bar.Open)],
            [.. bars.Select(bar => bar.High)],
            [.. bars.Select(bar => bar.Low)],
            [.. bars.Select(bar => bar.Close)],
            [.. bars.Select(_ => 1000.0)]);

    public Bars Named(string symbol) => this with { Symbol = symbol };

    public Bars From(double price) => this with { FirstPrice = price };

    /// <summary>Each close is this many percent above the one before.</summary>
    public Bars Trending(double percentPerBar) => this with { PercentPerBar = percentPerBar };

    /// <summary>Adds normal noise to the log return of each bar.</summary>
    public Bars Noisy(double deviation, ulong seed = 1) => this with { Noise = deviation, NoiseSeed = seed };

    /// <summary>The bar opens this many percent above the close before it.</summary>
    public Bars WithGap(int at, double percent) => this with { Gaps = Gaps.SetItem(at, percent) };

    /// <summary>Leaves stamps out: the bars go on, the days between do not.</summary>
    public Bars WithoutStamps(int at, int count) =>
        this with { Times = Times.RemoveRange(at, count) };

    public Bars WithVolume(double perBar) => this with { VolumePerBar = perBar };

    public Bars WithColumn(string name, params double[] values) =>
        this with { Columns = Columns.Add(new BarColumn(name, values)) };

    public BarSeries Build()
    {
        var count = Times.Length;
        var (open, high, low) = (new double[count], new double[count], new double[count]);
        var (close, volume) = (new double[count], new double[count]);
        var noise = new Seed(NoiseSeed).For("bars").Stream();
        var price = FirstPrice;
        for (var t = 0; t < count; t++)
        {
            open[t] = price * (1 + Gaps.GetValueOrDefault(t) / 100);
            var shock = Noise > 0 ? Math.Exp(Noise * noise.NextGaussian()) : 1;
            close[t] = Given.IsEmpty ? open[t] * (1 + PercentPerBar / 100) * shock : Given[t];
            open[t] = Given.IsEmpty || t > 0 ? open[t] : close[t];
            high[t] = Math.Max(open[t], close[t]) * (1 + WickRatio);
            low[t] = Math.Min(open[t], close[t]) * (1 - WickRatio);
            volume[t] = VolumePerBar;
            price = close[t];
        }

        return BarSeries.Create(Symbol, [.. Times], open, high, low, close, volume, Columns);
    }
}
