using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TrainingCluster.MarketData.Csv;

namespace TrainingCluster.MarketData.Import;

/// <summary>
/// Reads stamps of all dialects: what <see cref="CsvStamp"/> reads, dates with points, with the time in a
/// second field or as six digits, epochs in microseconds, and dates that begin with the day or the month.
/// </summary>
internal static partial class LooseStamp
{
    private const double FirstMicroseconds = 1e14;
    private const double LastMicroseconds = 1e17;

    public const string Rule = CsvStamp.Rule;

    public static bool TryParse(string text, out LocalStamp stamp)
    {
        stamp = default;
        if (DayOrMonth().Match(text) is { Success: true } parts)
        {
            return TryTwoReadings(parts, out stamp);
        }

        if (DatedTime().Match(text) is { Success: true } dated
            && Day(Part(dated, "y"), Part(dated, "m"), Part(dated, "d")) is { } day
            && TryTimeOfDay(dated.Groups["t"].Value, out var time))
        {
            stamp = new LocalStamp(day + time, IsMoment: false);
            return true;
        }

        if (text.Length >= 15 && double.TryParse(
                text, NumberStyles.None, CultureInfo.InvariantCulture, out var micros)
            && micros is >= FirstMicroseconds and < LastMicroseconds)
        {
            stamp = new LocalStamp((long)(micros / 1000), IsMoment: true);
            return true;
        }

        if (!CsvStamp.TryParse(Encoding.UTF8.GetBytes(text), out var milliseconds))
        {
            return false;
        }

        stamp = new LocalStamp(milliseconds, IsMoment(text));
        return true;
    }

    /// <summary>
    /// <c>09:30</c>, <c>09:30:15</c>, <c>093015</c>, <c>0930</c>, <c>9:30 PM</c>; nothing is midnight.
    /// </summary>
    public static bool TryTimeOfDay(string text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length == 0)
        {
            return true;
        }

        var match = TimeOfDay().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var hours = Part(match, "h");
        var (minutes, seconds) = (Part(match, "m"), Part(match, "s"));
        if (match.Groups["half"] is { Success: true, Value: var half })
        {
            if (hours is < 1 or > 12)
            {
                return false;
            }

            hours = hours % 12 + (half[0] is 'p' or 'P' ? 12 : 0);
        }

        milliseconds = ((hours * 60L + minutes) * 60 + seconds) * 1000;
        return hours <= 23 && minutes <= 59 && seconds <= 59;
    }

    private static bool TryTwoReadings(Match parts, out LocalStamp stamp)
    {
        stamp = default;
        var (first, second, year) = (Part(parts, "a"), Part(parts, "b"), Part(parts, "y"));
        year += parts.Groups["y"].Length == 2 ? (year < 70 ? 2000 : 1900) : 0;
        if (!TryTimeOfDay(parts.Groups["t"].Value, out var time))
        {
            return false;
        }

        var dayFirst = Day(year, second, first) + time ?? LocalStamp.Impossible;
        var monthFirst = Day(year, first, second) + time ?? LocalStamp.Impossible;
        stamp = new LocalStamp(dayFirst, IsMoment: false, monthFirst);
        return dayFirst != LocalStamp.Impossible || monthFirst != LocalStamp.Impossible;
    }

    private static bool IsMoment(string text) =>
        !text.Contains(':', StringComparison.Ordinal)
            ? text.Length != 8 && !text.Contains('-', StringComparison.Ordinal)
                && !text.Contains('/', StringComparison.Ordinal)
            : Offset().IsMatch(text);

    private static long? Day(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1
        && day <= DateTime.DaysInMonth(year, month)
            ? (new DateTime(year, month, day).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond
            : null;

    private static int Part(Match match, string group) =>
        match.Groups[group] is { Success: true, Value: var digits }
            ? int.Parse(digits, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(@"^(?<a>\d{1,2})[./-](?<b>\d{1,2})[./-](?<y>\d{4}|\d{2})(?:[ T](?<t>.+))?$")]
    private static partial Regex DayOrMonth();

    [GeneratedRegex(@"^(?<y>\d{4})(?<x>[.]?)(?<m>\d{2})\k<x>(?<d>\d{2})(?:[ T](?<t>\S+(?: [AaPp][Mm])?))?$")]
    private static partial Regex DatedTime();

    [GeneratedRegex(
        @"^(?<h>\d{1,2}):(?<m>\d{2})(?::(?<s>\d{2}))?(?: ?(?<half>[AaPp])\.?[Mm]\.?)?$"
        + @"|^(?<h>\d{2})(?<m>\d{2})(?<s>\d{2})?$")]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"(Z|z|UTC|[+-]\d{2}(:?\d{2})?)$")]
    private static partial Regex Offset();
}
