using System.Runtime.CompilerServices;

namespace TrainingCluster.MarketData.Csv;

/// <summary>
/// Reads stamps: ISO 8601 dates and moments (<c>2000-01-03</c>, <c>2000/01/03</c>, <c>20000103</c>,
/// <c>2000-01-03T09:30:00.5+01:00</c>; without an offset UTC), and Unix epochs in seconds or milliseconds.
/// </summary>
internal static class CsvStamp
{
    /// <summary>
    /// Epochs below are seconds (until the year 5138), those from here on milliseconds (from 1973).
    /// </summary>
    private const double FirstMilliseconds = 1e11;

    private const double LastMilliseconds = 1e14;

    public const string Rule =
        "must be a date such as 2000-01-31, a moment such as 2000-01-31T09:30:00Z, "
        + "or a Unix time in seconds or milliseconds";

    // Compiled once at full strength: the first file of a process is often the only one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length >= 10 && text[4] is (byte)'-' or (byte)'/' && text[7] == text[4])
        {
            return TryDay(text[..4], text.Slice(5, 2), text.Slice(8, 2), out var day)
                && TryTime(text[10..], day, out milliseconds);
        }

        if (text.Length == 8 && TryDay(text[..4], text.Slice(4, 2), text.Slice(6, 2), out milliseconds))
        {
            return true;
        }

        return TryEpoch(text, out milliseconds);
    }

    private static bool TryEpoch(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.IsEmpty
            || !(text[^1] is >= (byte)'0' and <= (byte)'9')
            || !CsvNumber.TryParse(text, out var number)
            || !(Math.Abs(number) < LastMilliseconds))
        {
            return false;
        }

        milliseconds = (long)Math.Round(Math.Abs(number) < FirstMilliseconds ? number * 1000 : number);
        return true;
    }

    private static bool TryDay(
        ReadOnlySpan<byte> yearText,
        ReadOnlySpan<byte> monthText,
        ReadOnlySpan<byte> dayText,
        out long milliseconds)
    {
        milliseconds = 0;
        if (!TryDigits(yearText, out var year)
            || !TryDigits(monthText, out var month)
            || !TryDigits(dayText, out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        milliseconds = (new DateTime(year, month, day).Ticks - DateTime.UnixEpoch.Ticks)
            / TimeSpan.TicksPerMillisecond;
        return true;
    }

    /// <summary>What may follow a day: nothing, or <c>T09:30[:00[.123]][Z|±01:00|±0100|±01]</c>.</summary>
    private static bool TryTime(ReadOnlySpan<byte> text, long day, out long milliseconds)
    {
        milliseconds = day;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.Length < 6
            || text[0] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || text[3] != ':'
            || !TryDigits(text.Slice(1, 2), out var hours) || hours > 23
            || !TryDigits(text.Slice(4, 2), out var minutes) || minutes > 59)
        {
            return false;
        }

        milliseconds += (hours * 60L + minutes) * 60_000;
        text = text[6..];
        if (text.Length >= 3 && text[0] == ':')
        {
            if (!TryDigits(text.Slice(1, 2), out var seconds) || seconds > 59)
            {
                return false;
            }

            milliseconds += seconds * 1000;
            text = text[3..];
            if (!TryFraction(ref text, ref milliseconds))
            {
                return false;
            }
        }

        return TryOffset(text.Trim((byte)' '), ref milliseconds);
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text, ref long milliseconds)
    {
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        var weight = 100;
        var at = 1;
        for (; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            milliseconds += weight * (text[at] - '0');
            weight /= 10;
        }

        text = text[at..];
        return at > 1;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, ref long milliseconds)
    {
        if (text.IsEmpty
            || text.Length == 1 && text[0] is (byte)'Z' or (byte)'z'
            || text.SequenceEqual("UTC"u8))
        {
            return true;
        }

        var minutesText = text.Length switch
        {
            3 => "00"u8,
            5 => text[3..],
            6 when text[3] == ':' => text[4..],
            _ => default,
        };
        if (minutesText.IsEmpty
            || text[0] is not ((byte)'+' or (byte)'-')
            || !TryDigits(text.Slice(1, 2), out var hours) || hours > 18
            || !TryDigits(minutesText, out var minutes) || minutes > 59)
        {
            return false;
        }

        var offset = (hours * 60L + minutes) * 60_000;
        milliseconds -= text[0] == '-' ? -offset : offset;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var character in text)
        {
            if (character is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = number * 10 + (character - '0');
        }

        return true;
    }
}
