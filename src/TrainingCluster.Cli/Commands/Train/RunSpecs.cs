using System.Collections.Immutable;
using System.CommandLine;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Features.Splits;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Node.Configuration;
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
internal sealed class RunSpecs(ParseResult parsed, RunOptions options, Settings settings)
{
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
        TrainingData data, ImmutableArray<Stage> stages, ImmutableArray<string> agents, ImmutableArray<string> versions)
    {
        var (strategies, definitions) = StrategyWords.Read(parsed.GetValue(options.Strategies));
        var (fee, frictions) = TradingCosts.Of(parsed, options, settings.Effective);
        var budget = parsed.GetValue(options.Budget);
        var spec = new RunSpec
        {
            DataName = data.Name,
            Data = data.Panel.Digest,
            Origins = data.Origins,
            Strategies = strategies,
            Definitions = definitions,
            Stages = stages,
            Agents = agents,
            Budget = budget,
            Seed = parsed.GetValue(options.Seed),
            FeeRatio = fee,
            Frictions = frictions,
            Preprocessing = PreprocessingOption.Templates(
                parsed.GetValue(options.Preprocessing),
                settings.Effective.GetString("training.preprocessing") ?? "robust",
                stages, agents),
            Overrides = RunOverrides.Of(parsed, options, settings.Effective, stages, agents),
            JobTimeout = parsed.GetValue(options.Timeout) is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : DefaultTimeout(budget),
        };
        spec = spec with { Inputs = Inputs(spec, versions) };
        RunPlan.Jobs(spec);
        NumericProfile.Apply();
        RunSufficiency.Require(spec, data.Panel);
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

    private static TimeSpan DefaultTimeout(BudgetName budget) => budget switch
    {
        BudgetName.Quick => TimeSpan.FromSeconds(300),
        BudgetName.Standard => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };
}
