using System.Globalization;
using System.Text.RegularExpressions;
using TrainingCluster.Trading.Strategies.Declared;

namespace TrainingCluster.Trading.Strategies.Catalogue;

/// <summary>
/// A strategy as text: <c>donchian_breakout</c>, <c>donchian_breakout(entry=55, exit=20)</c>. A rule's
/// <see cref="IStrategyRule.Parameters"/> is such a text too, and gives the same rule again.
/// </summary>
public static partial class StrategySpec
{
    /// <exception cref="UnknownStrategyException">No strategy has that name.</exception>
    /// <exception cref="StrategyDefinitionException">Settings are unknown, given twice, out of range or do not go
    /// together; all violations are listed.</exception>
    public static IStrategyRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Form().Match(text);
        if (!match.Success)
        {
            throw new StrategyDefinitionException([new StrategyViolation(
                text, null, null, null, "must be written name or name(setting=value, …)")]);
        }

        var entry = StrategyCatalog.Find(match.Groups["name"].Value)
            ?? throw new UnknownStrategyException(match.Groups["name"].Value, StrategyCatalog.Names);
        var values = entry.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default);
        var violations = new List<StrategyViolation>();
        var given = match.Groups["settings"].Value.Split(',', StringSplitOptions.TrimEntries);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var setting in given.Where(setting => setting.Length > 0))
        {
            Assign(entry, setting, values, seen, violations);
        }

        return violations.Count == 0
            ? Made(entry, values)
            : throw new StrategyDefinitionException([.. violations]);
    }

    private static IStrategyRule Made(StrategyEntry entry, Dictionary<string, double> values)
    {
        try
        {
            var rule = entry.Make(new StrategyArguments(values));

            // Indicators check their own settings when they are made: now rather than in the middle of a run.
            rule.Evaluate(MarketData.Series.BarSeries.Create("EMPTY", [], [], [], [], [], []));
            return rule;
        }
        catch (ArgumentException error)
        {
            throw new StrategyDefinitionException([new StrategyViolation(
                entry.Name, null, null, null, error.Message.Split(" (Parameter", 2)[0])]);
        }
    }

    private static void Assign(
        StrategyEntry entry,
        string setting,
        Dictionary<string, double> values,
        HashSet<string> seen,
        List<StrategyViolation> violations)
    {
        var parts = setting.Split('=', 2, StringSplitOptions.TrimEntries);
        var parameter = entry.Parameters.FirstOrDefault(known => known.Name == parts[0]);
        if (parameter is null || parts.Length != 2)
        {
            violations.Add(new StrategyViolation(entry.Name, null, parts[0], null, parameter is null
                ? $"is no setting; there are {string.Join(", ", entry.Parameters.Select(known => known.Name))}"
                : $"needs a value: {parameter.Rule}"));
        }
        else if (!seen.Add(parameter.Name))
        {
            violations.Add(new StrategyViolation(entry.Name, null, parameter.Name, parts[1], "is given twice"));
        }
        else if (!double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || !parameter.Accepts(value))
        {
            violations.Add(new StrategyViolation(
                entry.Name, null, parameter.Name, parts[1], $"must be {parameter.Rule}"));
        }
        else
        {
            values[parameter.Name] = value;
        }
    }

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z][A-Za-z0-9_]*)\s*(\((?<settings>[^()]*)\))?\s*$")]
    private static partial Regex Form();
}
