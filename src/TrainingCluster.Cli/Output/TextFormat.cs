using System.Globalization;

namespace TrainingCluster.Cli.Output;

/// <summary>How figures read in tables.</summary>
internal static class TextFormat
{
    public static string Number(double? value, string format = "0.00") =>
        value is { } known && double.IsFinite(known) ? known.ToString(format, CultureInfo.InvariantCulture) : "–";

    public static string Percent(double? ratio) =>
        ratio is { } known && double.IsFinite(known)
            ? known.ToString("+0.0%;-0.0%;0.0%", CultureInfo.InvariantCulture)
                .Replace(" %", "%", StringComparison.Ordinal)
            : "–";

    public static string Interval(double? low, double? high) =>
        low is { } l && high is { } h ? $"[{Number(l)}, {Number(h)}]" : "–";

    /// <summary>A bar's length as people write it, <c>1h</c>; the span itself where it is no whole minutes.</summary>
    public static string Timeframe(TimeSpan length) =>
        MarketData.Sources.Timeframe.TryParse(
            string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes}m"), out var timeframe)
            ? timeframe.ToString()
            : length.ToString("c", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
