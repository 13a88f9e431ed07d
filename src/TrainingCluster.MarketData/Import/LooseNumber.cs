using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingCluster.MarketData.Import;

/// <summary>
/// Reads numbers as people write them: with thousands separators, a decimal comma, a currency sign or a unit
/// of thousands. What could be read in two ways is not read.
/// </summary>
internal static partial class LooseNumber
{
    public const string Rule = "must be a number such as 1234.5";

    public const string AmbiguousRule =
        "can be read with a decimal comma or with a thousands separator; write it with a point";

    /// <param name="text">Trimmed.</param>
    /// <param name="commaSeparates">Whether fields are separated by commas, so that a comma in a quoted field
    /// groups thousands.</param>
    /// <param name="value">NaN where there is none.</param>
    /// <param name="repair">Rule by which it was read; null where it was plain.</param>
    public static bool TryParse(string text, bool commaSeparates, out double value, out string? repair)
    {
        repair = null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        var scale = 1.0;
        var core = text.Trim('$', '€', '£', ' ');
        if (core.Length > 1 && "kKmMbB".Contains(core[^1], StringComparison.Ordinal))
        {
            scale = char.ToUpperInvariant(core[^1]) switch { 'K' => 1e3, 'M' => 1e6, _ => 1e9 };
            core = core[..^1].TrimEnd();
            repair = "unit-suffix";
        }

        var (plain, rule) = Plain(core, commaSeparates);
        repair = rule ?? repair ?? (core.Length < text.Length ? "currency-sign" : null);
        if (plain is null || repair is null
            || !double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            value = double.NaN;
            return false;
        }

        value *= scale;
        return true;
    }

    public static bool IsAmbiguous(string text) => OneGroup().IsMatch(text);

    private static (string? Text, string? Rule) Plain(string text, bool commaSeparates)
    {
        if (CommaGroups().IsMatch(text) || commaSeparates && OneGroup().IsMatch(text))
        {
            return (text.Replace(",", "", StringComparison.Ordinal), "thousands-separator");
        }

        if (PointGroups().IsMatch(text))
        {
            return (
                text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.'), "thousands-separator");
        }

        if (BlankGroups().IsMatch(text))
        {
            return (Blanks().Replace(text, "").Replace(',', '.'), "thousands-separator");
        }

        return DecimalComma().IsMatch(text) && !OneGroup().IsMatch(text)
            ? (text.Replace(',', '.'), "decimal-comma")
            : (OneGroup().IsMatch(text) ? null : text, null);
    }

    [GeneratedRegex(@"^[-+]?\d{1,3}((,\d{3})+\.\d+|(,\d{3}){2,})$")]
    private static partial Regex CommaGroups();

    [GeneratedRegex(@"^[-+]?\d{1,3}((\.\d{3})+,\d+|(\.\d{3}){2,})$")]
    private static partial Regex PointGroups();

    [GeneratedRegex(@"^[-+]?\d{1,3}([ '\u00a0\u2009\u202f]\d{3})+([.,]\d+)?$")]
    private static partial Regex BlankGroups();

    [GeneratedRegex(@"[ '\u00a0\u2009\u202f]")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^[-+]?\d*,\d+$")]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^[-+]?[1-9]\d{0,2},\d{3}$")]
    private static partial Regex OneGroup();
}
