using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Import;

/// <summary>Tells from the first lines of a file, and its name, how it is laid out.</summary>
internal static partial class FormProbe
{
    private static readonly ImmutableArray<string> BinanceNames =
    [
        "open_time", "open", "high", "low", "close", "volume", "close_time", "quote_volume", "trades",
        "taker_buy_volume", "taker_buy_quote_volume", "ignore",
    ];

    private static readonly ImmutableArray<string> BarNames =
        ["date", "time", "open", "high", "low", "close", "volume"];

    /// <param name="head">The first lines; empty ones included.</param>
    /// <param name="name">The file, for Lean's with its entry.</param>
    /// <param name="options">As given.</param>
    /// <exception cref="BarDataException">The header lacks what bars need.</exception>
    public static RowForm Of(IReadOnlyList<string> head, string name, BarImportOptions options)
    {
        var first = head.TakeWhile(string.IsNullOrWhiteSpace).Count();
        var line = head[first];
        if (IsGoogle(head))
        {
            return Google(head, name);
        }

        var separator = options.Separator ?? ImportFields.MostUsed(line);
        var fields = ImportFields.Split(line, separator) ?? throw new BarDataException(new BarViolation(
            name, first + 1, null, null, "the header must close every quote it opens"));
        if (!IsRow(fields))
        {
            return HeaderForm.Of(head, first, fields, separator, name, options);
        }

        return LeanMinutes().Match(name) is { Success: true } minutes && long.TryParse(fields[0], out _)
            ? Lean(name, minutes)
            : Headless(fields, separator, name, first + 1);
    }

    private static bool IsRow(string[] fields) =>
        fields.Length >= 2 && fields.Skip(1).Count(IsNumber) >= fields.Length - 2
        && (LooseStamp.TryParse(fields[0], out _) || long.TryParse(fields[0], out _));

    private static bool IsNumber(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static RowForm Headless(string[] fields, char separator, string name, long line)
    {
        var stampIsDated = DatedWithPoints().IsMatch(fields[0]) || fields[0].Length == 8;
        if (fields.Length is >= 6 and <= 7 && stampIsDated && fields[1].Contains(':', StringComparison.Ordinal))
        {
            return new PlainForm
            {
                Dialect = BarDialect.MetaTrader,
                Separator = separator,
                Names = BarNames[..fields.Length],
                Time = 0,
                TimeOfDay = 1,
                Open = 2,
                High = 3,
                Low = 4,
                Close = 5,
                Volume = fields.Length > 6 ? 6 : -1,
            };
        }

        if (fields.Length is 11 or 12)
        {
            return new PlainForm
            {
                Dialect = BarDialect.Binance,
                Separator = separator,
                Names = BinanceNames[..fields.Length],
                Time = 0,
                Open = 1,
                High = 2,
                Low = 3,
                Close = 4,
                Volume = 5,
            };
        }

        if (fields.Length is 5 or 6)
        {
            var isLean = LeanDay().IsMatch(fields[0]);
            return new PlainForm
            {
                Dialect = isLean ? BarDialect.Lean : BarDialect.MetaTrader,
                Separator = separator,
                Names = [BarNames[0], .. BarNames[2..(fields.Length + 1)]],
                Time = 0,
                Open = 1,
                High = 2,
                Low = 3,
                Close = 4,
                Volume = fields.Length > 5 ? 5 : -1,
                PriceScale = isLean ? LeanScale(name) : 1,
            };
        }

        throw new BarDataException(new BarViolation(
            name, line, null, null,
            $"begins with a row of {fields.Length} fields and no header; name the columns in a first line, "
            + "such as date,open,high,low,close,volume"));
    }

    private static bool IsGoogle(IReadOnlyList<string> head) =>
        head.Any(line => line.StartsWith("COLUMNS=", StringComparison.Ordinal))
        && head.Any(line => line.StartsWith("INTERVAL=", StringComparison.Ordinal));

    private static GoogleForm Google(IReadOnlyList<string> head, string name)
    {
        var columns = head.First(line => line.StartsWith("COLUMNS=", StringComparison.Ordinal))[8..].Split(',');
        var interval = head.First(line => line.StartsWith("INTERVAL=", StringComparison.Ordinal))[9..];
        int Of(string column) => Array.FindIndex(
            columns, given => given.Equals(column, StringComparison.OrdinalIgnoreCase));
        var lacking = new[] { "DATE", "OPEN", "HIGH", "LOW", "CLOSE" }.Where(column => Of(column) < 0).ToArray();
        if (lacking.Length > 0 || !long.TryParse(interval, out var seconds) || seconds <= 0)
        {
            throw new BarDataException(new BarViolation(
                name, 1, null, null, lacking.Length > 0
                    ? $"COLUMNS= lacks {string.Join(", ", lacking)}"
                    : $"INTERVAL={interval} must be a number of seconds"));
        }

        var rows = head.TakeWhile(line => !line.StartsWith('a') || !line.Contains(',', StringComparison.Ordinal));
        return new GoogleForm
        {
            Dialect = BarDialect.Google,
            Separator = ',',
            Names = [.. columns],
            IntervalSeconds = seconds,
            Time = Of("DATE"),
            Open = Of("OPEN"),
            High = Of("HIGH"),
            Low = Of("LOW"),
            Close = Of("CLOSE"),
            Volume = Of("VOLUME"),
            HeadLines = rows.Count(),
        };
    }

    private static LeanMinuteForm Lean(string name, Match minutes)
    {
        if (!LooseStamp.TryParse(minutes.Groups["day"].Value, out var day))
        {
            throw new BarDataException(new BarViolation(
                name, null, null, minutes.Groups["day"].Value, "must begin with its day, such as 20160415"));
        }

        return new LeanMinuteForm
        {
            Dialect = BarDialect.Lean,
            Separator = ',',
            Names = ["time", .. BarNames[2..]],
            Time = 0,
            Open = 1,
            High = 2,
            Low = 3,
            Close = 4,
            Volume = 5,
            Day = day.Milliseconds,
            PriceScale = LeanScale(name),
        };
    }

    /// <summary>Lean stores prices of equities and options in hundredths of a cent, others as they are.</summary>
    private static double LeanScale(string name) =>
        name.Contains("crypto", StringComparison.OrdinalIgnoreCase)
        || name.Contains("forex", StringComparison.OrdinalIgnoreCase)
        || name.Contains("cfd", StringComparison.OrdinalIgnoreCase) ? 1 : 1e-4;

    [GeneratedRegex(@"^\d{4}\.\d{2}\.\d{2}")]
    private static partial Regex DatedWithPoints();

    [GeneratedRegex(@"^\d{8} \d{2}:\d{2}$")]
    private static partial Regex LeanDay();

    [GeneratedRegex(@"(?<day>\d{8})_[^/]*(minute|second|hour)?[^/]*trade", RegexOptions.IgnoreCase)]
    private static partial Regex LeanMinutes();
}
