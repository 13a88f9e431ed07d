using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TrainingCluster.MarketData.Sources;

/// <summary>How long a bar lasts, as people write it: <c>1m</c>, <c>4h</c>, <c>1d</c>, <c>1w</c>.</summary>
public readonly record struct Timeframe
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(28);

    private Timeframe(TimeSpan length) => Length = length;

    /// <summary>One minute to 28 days, whole minutes.</summary>
    public TimeSpan Length { get; }

    public long Milliseconds => (long)Length.TotalMilliseconds;

    /// <summary>Whether bars are stamped with days, not with moments.</summary>
    public bool IsDaily => Length >= TimeSpan.FromDays(1);

    /// <exception cref="FormatException">The text is none; the message says the rule.</exception>
    public static Timeframe Parse(string text) =>
        TryParse(text, out var timeframe)
            ? timeframe
            : throw new FormatException(
                $"'{text}' is no timeframe; it must be a number and m, h, d or w, from 1m to 4w, such as 5m or 1d");

    public static bool TryParse([NotNullWhen(true)] string? text, out Timeframe timeframe)
    {
        timeframe = default;
        if (text is not { Length: >= 2 } || Unit(text[^1]) is not { } unit
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, null, out var count)
            || count < 1 || count * unit.TotalMinutes > Longest.TotalMinutes)
        {
            return false;
        }

        timeframe = new Timeframe(count * unit);
        return true;
    }

    /// <summary>In the largest unit that goes into it: <c>1h</c> for sixty minutes.</summary>
    public override string ToString()
    {
        var minutes = (long)Length.TotalMinutes;
        var (count, unit) = minutes % 10_080 == 0 ? (minutes / 10_080, 'w')
            : minutes % 1_440 == 0 ? (minutes / 1_440, 'd')
            : minutes % 60 == 0 ? (minutes / 60, 'h') : (minutes, 'm');
        return string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
    }

    private static TimeSpan? Unit(char unit) => unit switch
    {
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        _ => null,
    };
}
