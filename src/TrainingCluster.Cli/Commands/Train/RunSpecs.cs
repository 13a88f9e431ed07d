using System.Collections.Immutable;
using System.CommandLine;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Features.Splits;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Training.Inputs;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>
/// Turns the words of a train command into bars and a run's spec. Nothing is written before both are good.
/// </summary>
internal sealed class RunSpecs(ParseResult parsed, RunOptions options)
{
    /// <exception cref="BarDataException">The file's bars have violations.</exception>
    public BarSeries Bars()
    {
        var file = parsed.GetRequiredValue(options.Data);
        if (!file.Exists)
        {
            throw new UserErrorException(new UserError(ExitCode.Usage, "data.missing", $"there is no file "
                + $"{file.FullName}")
            {
                Hints = ["bundled bars are in samples/: sp500-daily.csv, aapl-daily.csv"],
            });
        }

        var all = CsvBarReader.Read(file.FullName);
        var (from, to) = (parsed.GetValue(options.From), parsed.GetValue(options.To));
        var bars = from is null && to is null ? all : all.Between(from, to);
        if (bars.Count == 0)
        {
            throw new UserErrorException(new UserError(ExitCode.Usage, "data.window_empty",
                $"{file.Name} has no bars{Bound(" from", from)}{Bound(" to", to)}")
            {
                Details = [$"its bars go from {BarsNote.Day(all, 0)} to {BarsNote.Day(all, all.Count - 1)}"],
            });
        }

        return bars;
    }

    /// <summary>
    /// A spec that can run here: its words, its inputs, its bars and the tensor engine have been looked at.
    /// </summary>
    /// <exception cref="UnknownStrategyException">A strategy is unknown; those that exist are listed.</exception>
    /// <exception cref="InputSelectionException">No earlier versions fit.</exception>
    /// <exception cref="ArtifactCorruptException">An earlier version's file is not what was written.</exception>
    /// <exception cref="RunSpecException">The spec cannot be run.</exception>
    /// <exception cref="TensorEngineMissingException">Nothing can be trained on this machine.</exception>
    /// <exception cref="InsufficientDataException">There are too few bars.</exception>
    /// <exception cref="PreprocessingException">A preprocessing template does not fit the bars.</exception>
    public RunSpec Spec(
        BarSeries bars, ImmutableArray<Stage> stages, ImmutableArray<string> agents, ImmutableArray<string> versions)
    {
        var strategies = parsed.GetValue(options.Strategies);
        foreach (var strategy in strategies)
        {
            StrategyCatalog.Get(strategy);
        }

        var budget = parsed.GetValue(options.Budget);
        var spec = new RunSpec
        {
            DataName = parsed.GetRequiredValue(options.Data).Name,
            Data = bars.Digest,
            Strategies = strategies,
            Stages = stages,
            Agents = agents,
            Budget = budget,
            Seed = parsed.GetValue(options.Seed),
            FeeRatio = parsed.GetValue(options.Fee),
            Preprocessing = PreprocessingOption.Templates(parsed.GetValue(options.Preprocessing), stages, agents),
            JobTimeout = parsed.GetValue(options.Timeout) is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : DefaultTimeout(budget),
        };
        spec = spec with { Inputs = Inputs(spec, versions) };
        RunPlan.Jobs(spec);
        NumericProfile.Apply();
        RunSufficiency.Require(spec, bars);
        return spec;
    }

    private ImmutableArray<InputVersion> Inputs(RunSpec spec, ImmutableArray<string> versions)
    {
        var directory = parsed.GetRequiredValue(CommonOptions.State).FullName;
        var state = File.Exists(Path.Combine(directory, "journal.db")) ? StateReader.Open(directory) : null;
        var inputs = InputSelection.Select(
            new InputRequest(spec.Stages, spec.Strategies, spec.Agents, spec.Data, versions),
            state?.Registry() ?? RegistryState.Empty);
        foreach (var input in inputs)
        {
            // Loading compares the bytes with the digest: a corrupt file is found now and not after an hour.
            state?.Artifacts.Get(input.Digest);
        }

        return inputs;
    }

    private static string Bound(string word, DateTimeOffset? time) =>
        time is { } day ? $"{word} {day:yyyy-MM-dd}" : "";

    private static TimeSpan DefaultTimeout(BudgetName budget) => budget switch
    {
        BudgetName.Quick => TimeSpan.FromSeconds(300),
        BudgetName.Standard => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };
}
