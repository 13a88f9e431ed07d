using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingCluster.Features.Indicators;

/// <summary>
/// An indicator as text: <c>rsi</c>, <c>rsi(21)</c>, <c>rsi(period=21)</c>, <c>sma(50, input=high)</c>. Two
/// specs that mean the same have the same canonical text.
/// </summary>
public sealed partial class IndicatorSpec
{
    private readonly IReadOnlyDictionary<string, string> _values;

    private IndicatorSpec(IndicatorEntry entry, IReadOnlyDictionary<string, string> values, string asked)
    {
        Entry = entry;
        Written = asked;
        _values = values;
        var written = entry.Parameters.Where(parameter => values[parameter.Name] != parameter.Default)
            .Select(parameter => $"{parameter.Name}={values[parameter.Name]}").ToList();
        Text = written.Count == 0 ? entry.Name : $"{entry.Name}({string.Join(",", written)})";
    }

    public IndicatorEntry Entry { get; }

    /// <summary>The canonical text: parameters by name in their order, defaults left out.</summary>
    public string Text { get; }

    /// <summary>As it was asked for.</summary>
    public string Written { get; }

    /// <exception cref="FormatException">
    /// All that is wrong: an unknown name or parameter, a value that does not fit.
    /// </exception>
    public static IndicatorSpec Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            throw new FormatException(
                $"indicator '{text}' is not written name or name(parameter=value, …), such as rsi(period=14)");
        }

        var name = match.Groups["name"].Value.ToLowerInvariant();
        var entry = IndicatorCatalogue.Find(name) ?? throw new FormatException(
            $"there is no indicator '{name}'; there are {string.Join(", ", IndicatorCatalogue.Names)}");
        var given = match.Groups["arguments"].Value;
        var values = entry.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default);
        var wrong = new List<string>();
        var arguments = given.Length == 0 ? [] : given.Split(',', StringSplitOptions.TrimEntries);
        for (var i = 0; i < arguments.Length; i++)
        {
            Assign(entry, arguments[i], i, values, wrong);
        }

        return wrong.Count == 0
            ? new IndicatorSpec(entry, values, text.Trim())
            : throw new FormatException($"indicator '{text}': {string.Join("; ", wrong)}");
    }

    /// <summary>A fresh indicator.</summary>
    /// <exception cref="FormatException">Values that do not go together, such as periods.</exception>
    public IBarIndicator Make()
    {
        try
        {
            return Entry.Make(new IndicatorArguments(_values));
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"indicator '{Text}': {error.Message}", error);
        }
    }

    /// <summary>Names of the columns: the canonical text, with the output's name where there are several.</summary>
    public ImmutableArray<string> Columns(IBarIndicator indicator) => Columns(Text, indicator);

    /// <summary>The same by the words in which it was asked for, so that whoever asked finds them again.</summary>
    public ImmutableArray<string> WrittenColumns(IBarIndicator indicator) => Columns(Written, indicator);

    public override string ToString() => Text;

    private static ImmutableArray<string> Columns(string name, IBarIndicator indicator) =>
        indicator.Outputs.Length == 1 ? [name] : [.. indicator.Outputs.Select(output => $"{name}.{output}")];

    private static void Assign(
        IndicatorEntry entry, string argument, int position, Dictionary<string, string> values, List<string> wrong)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals >= 0
            ? argument[..equals].Trim().ToLowerInvariant()
            : position < entry.Parameters.Length ? entry.Parameters[position].Name : "";
        var value = argument[(equals + 1)..].Trim().ToLowerInvariant();
        var parameter = entry.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        if (parameter is null)
        {
            wrong.Add(entry.Parameters.IsEmpty
                ? $"it takes no parameters, '{argument}' is one too many"
                : $"'{argument}' is no parameter; it takes "
                    + string.Join(", ", entry.Parameters.Select(known => $"{known.Name}={known.Default}")));
        }
        else if (Rule(parameter, value) is { } rule)
        {
            wrong.Add($"{name} is '{value}'; it must be {rule}");
        }
        else
        {
            values[name] = parameter.Choices.Count > 0
                ? value
                : double.Parse(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        }
    }

    private static string? Rule(IndicatorParameter parameter, string value)
    {
        if (parameter.Choices.Count > 0)
        {
            return parameter.Choices.Contains(value) ? null : $"one of {string.Join(", ", parameter.Choices)}";
        }

        if (parameter.IsWhole)
        {
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
                && whole <= 1_000_000
                ? null : "a whole number from 0 to 1000000";
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? null : "a finite number";
    }

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z][A-Za-z0-9_]*)\s*(\(\s*(?<arguments>[^()]*?)\s*\))?\s*$")]
    private static partial Regex Form();
}
