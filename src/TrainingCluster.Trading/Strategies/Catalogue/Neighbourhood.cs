using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.Trading.Strategies.Declared;

namespace TrainingCluster.Trading.Strategies.Catalogue;

/// <summary>
/// A rule of the catalog with one setting at a time moved: what somebody who looks for good settings would have tried
/// first. Barriers stay, for the rule itself does not read them.
/// </summary>
public static class Neighbourhood
{
    private static readonly ImmutableArray<string> Barriers = ["horizon", "profit", "stop"];

    /// <summary>Factors on a setting.</summary>
    public static ImmutableArray<double> Factors { get; } = [0.5, 0.75, 4.0 / 3, 2];

    /// <summary>At most four a setting: those inside the schema's ranges that go together with the others.</summary>
    /// <exception cref="ArgumentException">The rule is none of the catalog.</exception>
    public static ImmutableArray<IStrategyRule> Of(IStrategyRule rule)
    {
        if (StrategyCatalog.Find(rule.Name) is not { } entry || !IsOfCatalog(rule))
        {
            throw new ArgumentException(
                $"'{rule.Name}' has no schema of settings; neighbours exist of strategies of the catalog only",
                nameof(rule));
        }

        var settings = SettingsOf(rule);
        return
        [
            .. entry.Parameters.Where(parameter => !Barriers.Contains(parameter.Name))
                .SelectMany(parameter => Values(parameter, settings[parameter.Name])
                    .Select(value => Moved(entry, settings, parameter.Name, value)))
                .OfType<IStrategyRule>()
                .Where(one => one.Parameters != rule.Parameters)
                .DistinctBy(one => one.Parameters),
        ];
    }

    private static IEnumerable<double> Values(StrategyParameter parameter, double value) => Factors
        .Select(factor => parameter.IsWhole ? Math.Round(value * factor) : value * factor)
        .Where(parameter.Accepts);

    private static IStrategyRule? Moved(
        StrategyEntry entry, IReadOnlyDictionary<string, double> settings, string name, double value)
    {
        try
        {
            return StrategySpec.Parse(Text(entry, settings, name, value));
        }
        catch (StrategyDefinitionException)
        {
            // It does not go together with the other settings: a fast average that is slower than the slow one.
            return null;
        }
    }

    private static string Text(
        StrategyEntry entry, IReadOnlyDictionary<string, double> settings, string name, double value) =>
        $"{entry.Name}(" + string.Join(", ", entry.Parameters.Select(parameter =>
        {
            var one = parameter.Name == name ? value : settings[parameter.Name];
            return $"{parameter.Name}={one.ToString("R", CultureInfo.InvariantCulture)}";
        })) + ")";

    private static bool IsOfCatalog(IStrategyRule rule)
    {
        try
        {
            return StrategySpec.Parse(rule.Parameters).Parameters == rule.Parameters;
        }
        catch (Exception wrong) when (wrong is StrategyDefinitionException or UnknownStrategyException)
        {
            return false;
        }
    }

    /// <summary>A rule's text names every setting.</summary>
    private static Dictionary<string, double> SettingsOf(IStrategyRule rule) =>
        rule.Parameters[(rule.Parameters.IndexOf('(') + 1)..^1]
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(setting => setting.Split('='))
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
}
