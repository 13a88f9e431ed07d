using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingCluster.UnitTests.Features.Indicators;

/// <summary>What the published tables call an indicator, and what we do.</summary>
internal static partial class PublishedIndicators
{
    /// <summary>
    /// Columns that a spreadsheet needs on its way and that are no indicator of their own; and Ehlers' MAMA,
    /// the one indicator we do not offer: its last published value does not follow from the published rules.
    /// </summary>
    public static IReadOnlyList<string> NotOurs { get; } =
        ["BollingerBands SDEV", "MA_MAMA value", "RSI DOWNAVG", "RSI DOWNCLOSE", "RSI UPAVG", "RSI UPCLOSE"];

    /// <summary>The spec and the output that must give the published column; null where there is none.</summary>
    public static (string Spec, string Output)? Find(string indicator, string text, string field)
    {
        if (NotOurs.Contains($"{indicator} {field}"))
        {
            return null;
        }

        var period = Period().Match(text) is { Success: true } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : 0;
        var isMetaStock = text.Contains("METASTOCK", StringComparison.Ordinal);
        var seed = isMetaStock ? "first" : "mean";
        var input = text.Contains("input=Open", StringComparison.Ordinal) ? "open" : "close";
        var output = field.ToLowerInvariant();
        return indicator switch
        {
            "EMA" or "MA_EMA" => ($"ema({period}, seed={seed}, input={input})", "value"),
            "SMA" or "MA_SMA" => ($"sma({period}, input={input})", "value"),
            "SMA_volume" => ($"sma({period}, input=volume)", "value"),
            "MA_WMA" => ($"wma({period})", "value"),
            "MA_DEMA" => ($"dema({period}, seed={seed}, skip={Unstable(text)})", "value"),
            "MA_TEMA" => ($"tema({period}, seed={seed})", "value"),
            "MA_T3" => ($"t3({period})", "value"),
            "MA_TRIMA" => ($"trima({period})", "value"),
            "MA_KAMA" => ($"kama({period})", "value"),
            "RSI" => ($"rsi({period}, start={(isMetaStock && Unstable(text) == 0 ? "early" : "wilder")})", "value"),
            "CMO" => ($"cmo({period}, start={(isMetaStock ? "early" : "wilder")})", "value"),
            "MOM" => ($"momentum({period})", "value"),
            "ROC" => ($"momentum({period}, scale=percent)", "value"),
            "ROCR" => ($"momentum({period}, scale=ratio)", "value"),
            "ROCR100" => ($"momentum({period}, scale=ratio-percent)", "value"),
            "TRIX" => ($"trix({period})", "value"),
            "STDDEV" => ($"stddev({period}, width={Regex.Match(text, @"nbdev=([\d.]+)").Groups[1].Value})", "value"),
            "TRANGE" => ("trange", "value"),
            "ATR" or "NATR" or "ADXR" or "CCI" or "WILLR" or "MFI" => ($"{indicator.ToLowerInvariant()}({period})", "value"),
            "ADX" or "DX" => ($"adx({period})", indicator.ToLowerInvariant()),
            // A period of one means the bar's own movement over its own range.
            "PLUS_DI" or "MINUS_DI" when period == 1 => ("dm(1)", $"{Side(indicator)}_share"),
            "PLUS_DI" or "MINUS_DI" => ($"adx({period})", Side(indicator)),
            "PLUS_DM" or "MINUS_DM" => ($"dm({period})", Side(indicator)),
            "ACCBANDS" => ($"accbands({period})", output == "value" ? "middle" : output),
            "ULTOSC" => ("ultosc(7, 14, 28)", "value"),
            "AD" => ("ad", "value"),
            "ADOSC_3_10" => ("adosc(3, 10)", "value"),
            "ADOSC_5_2" => ("adosc(5, 2)", "value"),
            "MACD" or "MACDEXT" or "MACDFIX" => Macd(indicator, text, output),
            "BBANDS" => (Bands(text, period, isMetaStock), output),
            "BollingerBands" => ($"bollinger({period}, divisor=sample, input=open)", output == "sma" ? "middle" : output),
            "BollingerUpper" => ("bollinger(20)", "upper"),
            "BollingerLower" => ("bollinger(20)", "lower"),
            "STOCH" => ($"stoch(5, slow=3, smooth={(text.Contains("SMA;4") ? 4 : 3)})", output),
            "Stochastic" => output switch
            {
                "k" => ("stoch(5, slow=3)", "fast"),
                "d" => ("stoch(5, slow=3)", "k"),
                "highest" => ("donchian(5)", "upper"),
                "lowest" => ("donchian(5)", "lower"),
                _ => null,
            },
            "STOCHRSI" => StochasticRsi(text, output),
            "ElderRay" => output == "ema" ? ("ema(13)", "value") : ("elderray(13)", output),
            "Envelope" => ("envelope(1, factor=0.1, input=open)", output),
            "ForceIndex" => (output == "fi" ? "force(1)" : "force(13)", "value"),
            _ => null,
        };
    }

    private static int Unstable(string text) =>
        int.Parse(Regex.Match(text, @"unstable=(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Side(string indicator) => indicator.Split('_')[0].ToLowerInvariant();

    private static (string Spec, string Output)? Macd(string indicator, string text, string output) => output switch
    {
        "fastema" => ("ema(12, input=open)", "value"),
        "slowema" => ("ema(29, input=open)", "value"),
        _ when text.StartsWith("12/29/9", StringComparison.Ordinal) =>
            ("macd(12, 29, 9, input=open)", output == "macd" ? "line" : output),
        _ => (
            $"macd(12, 26, 9, seeding={(indicator == "MACDFIX" ? "fixed" : "together")})",
            output switch { "macd" => "line", "hist" => "histogram", _ => output }),
    };

    private static string Bands(string text, int period, bool isMetaStock)
    {
        var widths = Regex.Match(text, @"up=([\d.]+);dn=([\d.]+)");
        var middle = text.Contains("MAType_SMA", StringComparison.Ordinal)
            ? "simple" : isMetaStock ? "exponential-from-first" : "exponential";
        return $"bollinger({period}, width={widths.Groups[1].Value}, lower_width={widths.Groups[2].Value}, middle={middle})";
    }

    private static (string Spec, string Output) StochasticRsi(string text, string output)
    {
        var parts = text.Split(';');
        return ($"stochrsi({parts[0]}, {parts[1]}, {parts[3]})", output);
    }

    [GeneratedRegex(@"(?:period=|p1=|^)(\d+)")]
    private static partial Regex Period();
}
