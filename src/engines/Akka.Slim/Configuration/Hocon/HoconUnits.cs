using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Durations and sizes.</summary>
internal static class HoconUnits
{
    private const double MicrosecondTicks = 10;
    private const double NanosecondTicks = 0.01;

    public static TimeSpan Duration(string? text, bool allowInfinite)
    {
        var trimmed = (text ?? "").Trim();
        if (allowInfinite && trimmed.Equals("infinite", StringComparison.OrdinalIgnoreCase))
        {
            return Timeout.InfiniteTimeSpan;
        }

        var (number, unit) = Parts(trimmed);
        var ticks = unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => NanosecondTicks,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => MicrosecondTicks,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" =>
                TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            _ => double.NaN,
        };
        if (!TryNumber(number, out var value) || double.IsNaN(ticks)
            || value * ticks > TimeSpan.MaxValue.Ticks / 2.0)
        {
            throw new FormatException(
                "it must be a duration such as 250ms, 10s, 3 m, 2h or 1d"
                + (allowInfinite ? ", or infinite" : ""));
        }

        return TimeSpan.FromTicks((long)Math.Round(value * ticks));
    }

    public static long? Size(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var (number, unit) = Parts(text.Trim());
        var factor = Factor(unit);
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            || factor == 0
            || value > long.MaxValue / factor)
        {
            throw new FormatException(
                "it must be a size such as 128000b, 64 KiB (1,024 bytes each) or 64 kB (1,000 bytes each)");
        }

        return value * factor;
    }

    private static long Factor(string unit) => unit switch
    {
        "" or "b" or "B" or "byte" or "bytes" => 1,
        "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
        "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
        "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
        "T" or "t" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
        "P" or "p" or "Pi" or "PiB" or "pebibyte" or "pebibytes" => 1L << 50,
        "E" or "e" or "Ei" or "EiB" or "exbibyte" or "exbibytes" => 1L << 60,
        "kB" or "kilobyte" or "kilobytes" => 1_000,
        "MB" or "megabyte" or "megabytes" => 1_000_000,
        "GB" or "gigabyte" or "gigabytes" => 1_000_000_000,
        "TB" or "terabyte" or "terabytes" => 1_000_000_000_000,
        "PB" or "petabyte" or "petabytes" => 1_000_000_000_000_000,
        "EB" or "exabyte" or "exabytes" => 1_000_000_000_000_000_000,
        _ => 0,
    };

    private static (string Number, string Unit) Parts(string text)
    {
        var split = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        return (text[..split], text[split..].Trim());
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && value >= 0;
}
