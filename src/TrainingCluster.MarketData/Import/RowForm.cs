using System.Collections.Immutable;

namespace TrainingCluster.MarketData.Import;

/// <summary>Where things stand in a row of some dialect.</summary>
internal abstract class RowForm
{
    public required BarDialect Dialect { get; init; }

    public required char Separator { get; init; }

    /// <summary>One a field, as the file spells them or as the dialect's description does.</summary>
    public required ImmutableArray<string> Names { get; init; }

    public required int Time { get; init; }

    /// <summary>The field with the time of day where it stands alone, else −1.</summary>
    public int TimeOfDay { get; init; } = -1;

    public required int Open { get; init; }

    public required int High { get; init; }

    public required int Low { get; init; }

    public required int Close { get; init; }

    /// <summary>−1 where there is none.</summary>
    public int Volume { get; init; } = -1;

    /// <summary>The field that names the symbol, else −1.</summary>
    public int Symbol { get; init; } = -1;

    public ImmutableArray<int> Extras { get; init; } = [];

    /// <summary>A price of the file times this is a price.</summary>
    public double PriceScale { get; init; } = 1;

    /// <summary>Lines in front of the first row.</summary>
    public int HeadLines { get; init; }

    /// <summary>Whether a line among the rows is neither a row nor a mistake.</summary>
    public virtual bool IsRemark(string line) => false;

    /// <summary>Reads the stamp of a row; a form may remember earlier rows.</summary>
    public virtual bool TryStamp(string[] fields, out LocalStamp stamp)
    {
        if (!LooseStamp.TryParse(fields[Time], out stamp))
        {
            return false;
        }

        if (TimeOfDay < 0)
        {
            return true;
        }

        var good = LooseStamp.TryTimeOfDay(fields[TimeOfDay], out var time);
        stamp = stamp with
        {
            Milliseconds = Later(stamp.Milliseconds, time),
            MonthFirst = stamp.MonthFirst is { } other ? Later(other, time) : null,
        };
        return good;
    }

    private static long Later(long day, long time) => day == LocalStamp.Impossible ? day : day + time;
}

/// <summary>A form without a memory.</summary>
internal sealed class PlainForm : RowForm;

/// <summary>
/// <c>a1460727000</c> is a moment, <c>7</c> is seven intervals after it; lines such as <c>TIMEZONE_OFFSET=-240</c>
/// may stand between.
/// </summary>
internal sealed class GoogleForm : RowForm
{
    private long _start = long.MinValue;

    public required long IntervalSeconds { get; init; }

    public override bool IsRemark(string line) => line.Contains('=', StringComparison.Ordinal);

    public override bool TryStamp(string[] fields, out LocalStamp stamp)
    {
        stamp = default;
        var text = fields[Time];
        var isStart = text.StartsWith('a');
        if (!long.TryParse(isStart ? text[1..] : text, out var number)
            || !isStart && _start == long.MinValue || Math.Abs(number) > 1_000_000_000_00)
        {
            return false;
        }

        _start = isStart ? number : _start;
        stamp = new LocalStamp((isStart ? number : _start + number * IntervalSeconds) * 1000, IsMoment: true);
        return true;
    }
}

/// <summary>Milliseconds since midnight of the day that the file is named after.</summary>
internal sealed class LeanMinuteForm : RowForm
{
    public required long Day { get; init; }

    public override bool TryStamp(string[] fields, out LocalStamp stamp)
    {
        var good = long.TryParse(fields[Time], out var milliseconds) && milliseconds is >= 0 and < 86_400_000;
        stamp = new LocalStamp(Day + milliseconds, IsMoment: false);
        return good;
    }
}
