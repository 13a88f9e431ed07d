using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Import;

/// <summary>Reads a header: which column is what, by the names that sources use.</summary>
internal static class HeaderForm
{
    private static readonly ImmutableArray<string> LeftAside =
    [
        "adjclose", "adjustedclose", "closeadj", "closeadjusted", "closetime", "ignore", "openint", "oi", "per",
        "ticker", "symbol", "spread", "change", "unix",
    ];

    public static RowForm Of(
        IReadOnlyList<string> head, int first, string[] names, char separator, string source, BarImportOptions options)
    {
        var plain = Array.ConvertAll(names, Plain);
        var (time, timeOfDay) = Times(names, plain, options);
        var row = head.Skip(first + 1).FirstOrDefault(line => !string.IsNullOrWhiteSpace(line));
        var values = row is null ? [] : ImportFields.Split(row, separator) ?? [];
        time = time < 0 && options.TimeColumn is null ? DatedColumn(values) : time;
        var price = options.PriceColumn is { } given ? Named(names, given) : -1;
        var (open, high, low, close) = price >= 0
            ? (price, price, price, price)
            : (Any(plain, "open", "o"), Any(plain, "high", "h"), Any(plain, "low", "l"),
                Any(plain, "close", "c", "last"));
        if (price < 0 && open < 0 && high < 0 && low < 0)
        {
            close = close >= 0 ? close : OnlyNumber(plain, values, time);
            (open, high, low) = (close, close, close);
        }

        Require(names, source, first + 1, options, time, open, high, low, close, price);
        RequireOnce(names, source, first + 1);
        var volume = Any(plain, "tickvol", "volume", "vol", "v");
        ImmutableArray<int> used = [time, timeOfDay, open, high, low, close, volume];
        return new PlainForm
        {
            Dialect = names[0].StartsWith('<') ? BarDialect.Bracketed : BarDialect.Header,
            Separator = separator,
            Names = [.. names],
            HeadLines = first + 1,
            Time = time,
            TimeOfDay = timeOfDay,
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = volume,
            Symbol = Any(plain, "ticker", "symbol"),
            Extras =
            [
                .. Enumerable.Range(0, names.Length).Where(field => !used.Contains(field) && plain[field].Length > 0
                    && !LeftAside.Contains(plain[field]) && plain[field] != "vol"),
            ],
        };
    }

    private static (int Time, int TimeOfDay) Times(string[] names, string[] plain, BarImportOptions options)
    {
        if (options.TimeColumn is { } column)
        {
            return (Named(names, column), -1);
        }

        var date = Any(plain, "date", "day", "dtyyyymmdd");
        var time = Any(plain, "timestamp", "datetime", "opentime", "time", "gmttime", "localtime");
        return date >= 0 && time >= 0 && plain[time] == "time" ? (date, time) : (date >= 0 ? date : time, -1);
    }

    private static void Require(
        string[] names, string source, long line, BarImportOptions options,
        int time, int open, int high, int low, int close, int price)
    {
        var lacking = new List<string>();
        foreach (var (index, name) in new[]
            { (time, "date"), (open, "open"), (high, "high"), (low, "low"), (close, "close") })
        {
            if (index < 0)
            {
                lacking.Add(name);
            }
        }

        var unknown = options.PriceColumn is { } wanted && price < 0 ? wanted
            : options.TimeColumn is { } named && time < 0 ? named : null;
        if (unknown is null && lacking.Count == 0)
        {
            return;
        }

        var has = string.Join(", ", names.Select(name => $"'{(name.Length > 40 ? name[..40] + "…" : name)}'"));
        throw new BarDataException(new BarViolation(
            source, line, unknown, null, unknown is not null
                ? $"is no column of the header; it has {has}"
                : $"the header lacks {string.Join(", ", lacking)}; it has {has}; where one of them is the only "
                    + "price, name it as the price column"));
    }

    private static void RequireOnce(string[] names, string source, long line)
    {
        var repeated = names.Where(name => name.Length > 0)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(same => same.Count() > 1);
        if (repeated is not null)
        {
            throw new BarDataException(new BarViolation(
                source, line, repeated.Key, null, $"stands {repeated.Count()} times in the header; keep one"));
        }
    }

    private static int DatedColumn(string[] values) =>
        Array.FindIndex(values, value =>
            value.Length >= 8 && LooseStamp.TryParse(value, out var stamp) && !stamp.IsMoment);

    /// <summary>The one numeric column beside the stamp; −1 where there is none or a choice.</summary>
    private static int OnlyNumber(string[] plain, string[] values, int time)
    {
        var numbers = Enumerable.Range(0, Math.Min(plain.Length, values.Length))
            .Where(field => field != time && double.TryParse(
                values[field], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            .ToArray();
        return time >= 0 && numbers is [var only] ? only : -1;
    }

    private static int Named(string[] names, string wanted) =>
        Array.FindIndex(names, name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase));

    private static int Any(string[] plain, params string[] spellings)
    {
        foreach (var spelling in spellings)
        {
            if (Array.IndexOf(plain, spelling) is >= 0 and var index)
            {
                return index;
            }
        }

        return -1;
    }

    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
