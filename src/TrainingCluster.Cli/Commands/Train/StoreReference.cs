using System.Globalization;
using System.Text.RegularExpressions;
using TrainingCluster.MarketData.Store;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>A data set of the store as a person names it: <c>AAPL</c>, <c>AAPL@1m</c>, <c>file/AAPL@1d</c>.</summary>
/// <param name="Source">Null: any.</param>
/// <param name="Interval">Null: any.</param>
internal sealed partial record StoreReference(string? Source, string Symbol, TimeSpan? Interval)
{
    /// <summary>Null where the text is none.</summary>
    public static StoreReference? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var source = match.Groups["source"];
        TimeSpan? interval = match.Groups["count"].Success
            ? int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture) * Unit(match.Groups["unit"].Value)
            : null;
        return new StoreReference(source.Success ? source.Value : null, match.Groups["symbol"].Value, interval);
    }

    /// <summary>The words that name a key.</summary>
    public static string Of(BarKey key)
    {
        var (count, unit) = key.Interval switch
        {
            var days when days.Ticks % TimeSpan.TicksPerDay == 0 => (days.TotalDays, "d"),
            var hours when hours.Ticks % TimeSpan.TicksPerHour == 0 => (hours.TotalHours, "h"),
            var minutes when minutes.Ticks % TimeSpan.TicksPerMinute == 0 => (minutes.TotalMinutes, "m"),
            var seconds => (seconds.TotalSeconds, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"store:{key.Source}/{key.Symbol}@{count:0}{unit}");
    }

    public bool Fits(BarKey key) =>
        (Source is null || Source.Equals(key.Source, StringComparison.OrdinalIgnoreCase))
        && Symbol.Equals(key.Symbol, StringComparison.OrdinalIgnoreCase)
        && (Interval is null || Interval == key.Interval);

    private static TimeSpan Unit(string unit) => unit switch
    {
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    [GeneratedRegex(@"^((?<source>[^/@]+)/)?(?<symbol>[^@]+?)(@(?<count>[1-9][0-9]{0,5})(?<unit>[smhd]))?$")]
    private static partial Regex Form();
}
