using System.Collections.Immutable;

namespace TrainingCluster.Trading.Strategies.Catalogue;

/// <summary>One strategy of the catalog with the schema of its settings.</summary>
/// <param name="Name">Lower-case words joined by underscores.</param>
/// <param name="Meaning">In one sentence.</param>
/// <param name="Parameters">In the order in which specs write them; the three barriers come last.</param>
/// <param name="Make">A rule with these settings; throws <see cref="ArgumentException"/> where they do not go
/// together.</param>
public sealed record StrategyEntry(
    string Name,
    string Meaning,
    ImmutableArray<StrategyParameter> Parameters,
    Func<StrategyArguments, IStrategyRule> Make)
{
    /// <summary>The rule with every default.</summary>
    public IStrategyRule MakeDefault() => Make(new StrategyArguments(
        Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default)));
}
