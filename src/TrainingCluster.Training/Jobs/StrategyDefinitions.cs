using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Strategies.Catalogue;
using TrainingCluster.Trading.Strategies.Declared;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Jobs;

/// <summary>
/// The strategies of a run that are not the catalog's own with its own settings: a text with settings,
/// "donchian_breakout(entry=55)", or the JSON of a strategy file, by the name that jobs and models carry. The whole
/// definition travels with the run, so that every node means the same by a name.
/// </summary>
/// <param name="Texts">By name.</param>
public sealed record StrategyDefinitions(ImmutableSortedDictionary<string, string> Texts)
{
    private const int LongestName = 56;

    /// <summary>All definitions together: they stand in messages, which are short.</summary>
    public const int MostCharacters = 24_000;

    /// <summary>Only the catalog.</summary>
    public static StrategyDefinitions None { get; } = new(
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal));

    /// <summary>
    /// The name of a rule with settings of its own: the rule's name and what differs from the defaults,
    /// "donchian_breakout-entry55"; where that is too long for a model's name, the start of its digest instead.
    /// </summary>
    public static string NameOf(IStrategyRule rule)
    {
        if (StrategyCatalog.Find(rule.Name) is not { } entry || entry.MakeDefault().Parameters == rule.Parameters)
        {
            return rule.Name;
        }

        var standard = Settings(entry.MakeDefault().Parameters);
        var own = Settings(rule.Parameters).Except(standard, StringComparer.Ordinal)
            .Select(setting => setting.Replace("=", "", StringComparison.Ordinal).Replace('.', '_'));
        var name = $"{rule.Name}-{string.Join("-", own)}";
        return name.Length <= LongestName
            && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-')
            ? name
            : $"{rule.Name}-{Digest.Of(rule.Parameters).Short}";
    }

    private static string[] Settings(string parameters) =>
        parameters[(parameters.IndexOf('(') + 1)..].TrimEnd(')')
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Names that can be used: the catalog's and the own.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Names => [.. StrategyRules.Names, .. Texts.Keys];

    /// <exception cref="UnknownStrategyException">There is no such name.</exception>
    /// <exception cref="StrategyDefinitionException">Its definition is wrong.</exception>
    public IStrategyRule Rule(string name) => Named(name).Rule;

    internal NamedRule Named(string name) => Texts.TryGetValue(name, out var text)
        ? new NamedRule(name, Parse(name, text), text)
        : new NamedRule(name, StrategyCatalog.Get(name));

    /// <summary>The rule of a definition: JSON begins with a brace, everything else is a text with settings.</summary>
    internal static IStrategyRule Parse(string name, string text) => text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n')
        is ['{' or '/', ..]
        ? StrategyFile.Parse(name, Encoding.UTF8.GetBytes(text))
        : StrategySpec.Parse(text);

    /// <summary>The rules and their numbers, as text that changes whenever a rule does.</summary>
    public string Canonical(ImmutableArray<string> names) =>
        string.Join(";", names.Select(name => Rule(name).Parameters));

    public bool Equals(StrategyDefinitions? other) =>
        other is not null && Texts.SequenceEqual(other.Texts);

    public override int GetHashCode() => Texts.Count;
}
