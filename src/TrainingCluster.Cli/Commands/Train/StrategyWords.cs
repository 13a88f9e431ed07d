using System.Collections.Immutable;
using TrainingCluster.Cli.Commands.Backtests;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Strategies.Declared;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>
/// The strategies of a train command: names of the catalog, names with settings, and JSON files; each becomes a name
/// that jobs and models carry and, where it is not the catalog's own, a definition.
/// </summary>
internal static class StrategyWords
{
    /// <exception cref="UnknownStrategyException">A name is unknown.</exception>
    /// <exception cref="StrategyDefinitionException">Settings or a file are wrong.</exception>
    public static (ImmutableArray<string> Names, StrategyDefinitions Definitions) Read(ImmutableArray<string> words)
    {
        var names = ImmutableArray.CreateBuilder<string>(words.Length);
        var texts = StrategyDefinitions.None.Texts.ToBuilder();
        foreach (var word in words)
        {
            var rule = BacktestSubject.Rule(word);
            var name = StrategyDefinitions.NameOf(rule);
            names.Add(name);
            if (StrategyCatalog.Find(name) is not null)
            {
                continue;
            }

            var text = rule is DeclaredRule ? File.ReadAllText(word) : rule.Parameters;
            if (texts.TryGetValue(name, out var other) && other != text)
            {
                throw new UserErrorException(new UserError(
                    ExitCode.Usage, "strategy.name_twice",
                    $"two different strategies are called '{name}'; rename one"));
            }

            texts[name] = text;
        }

        return (names.ToImmutable(), new StrategyDefinitions(texts.ToImmutable()));
    }

    /// <summary>Splits at commas that stand outside parentheses.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth <= 0))
            {
                if (text[start..i].Trim() is { Length: > 0 } part)
                {
                    yield return part;
                }

                start = i + 1;
            }
            else
            {
                depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            }
        }
    }
}
