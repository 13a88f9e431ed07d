using System.Collections.Immutable;
using System.CommandLine;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>The numbers of a run's learners that a person may set: flags, else settings.</summary>
internal static class RunOverrides
{
    private const string EveryBar = "every-bar";
    private const string Meta = "meta";

    /// <summary>Null where all are as the budget has them.</summary>
    /// <exception cref="UserErrorException">A setting is none that there is.</exception>
    public static BudgetOverrides? Of(
        ParseResult parsed, RunOptions options, Akka.Configuration.Config settings, ImmutableArray<Stage> stages,
        ImmutableArray<string> agents)
    {
        var shaping = RewardShaping.Overrides(
            parsed.GetValue(options.RewardShaping) ?? SettingNumber.Of(settings, "training.agents.reward-shaping"),
            stages, agents);
        var (name, text) = parsed.GetValue(options.Labels) is { } flag
            ? ("--labels", flag)
            : ("training.encoder.labels", settings.GetString("training.encoder.labels"));
        var labels = text switch
        {
            EveryBar => null,
            Meta => EncoderLabels.Meta,
            _ => throw new UserErrorException(new UserError(
                ExitCode.Usage, "labels.unknown", $"{name} is '{text}'; it must be {EveryBar} or {Meta}")),
        };
        return (shaping, labels) switch
        {
            (null, null) => null,
            ({ } one, { } other) => new BudgetOverrides(one.Values.AddRange(other.Values)),
            _ => shaping ?? labels,
        };
    }
}
