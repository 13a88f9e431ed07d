using System.Collections.Immutable;
using System.CommandLine;
using TrainingCluster.Cli.Options;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>`trainctl train cnn-lstm|ppo|…|hybrid|ensemble DATA`: one stage, from earlier versions of those
/// before it.</summary>
internal static class TrainStageCommand
{
    public static Command CreateCnnLstm(CommandContext context)
    {
        var command = Create(context, "cnn-lstm", "Train encoders", Stage.CnnLstm);
        command.Aliases.Add("cnn-lstm-enhanced");
        return command;
    }

    /// <summary>One command an agent.</summary>
    public static IEnumerable<Command> CreateAgents(CommandContext context) => Stages.Agents.Select(agent => Create(
        context, agent, $"Train agents of {agent} on trained encoders", Stage.Agent,
        Version("--cnn-lstm-model", "Encoder to start from; by default the newest of each strategy")));

    public static Command CreateHybrid(CommandContext context) => Create(
        context, "hybrid", "Tune encoders and agents end to end", Stage.Hybrid,
        Version("--cnn-lstm-model", "Encoder to start from; by default the newest of each strategy"),
        Version("--rl-model", "Agent to start from; by default the newest of each strategy"));

    public static Command CreateEnsemble(CommandContext context) => Create(
        context, "ensemble", "Weight hybrids by market regime and recent trades", Stage.Ensemble,
        Version("--models", "Hybrids to combine; by default the newest of each strategy"));

    private static Command Create(
        CommandContext context,
        string name,
        string description,
        Stage stage,
        params Option<ImmutableArray<string>>[] versions)
    {
        var options = new RunOptions();
        var command = new Command(name, description);
        var learners = stage switch
        {
            Stage.Hybrid => AgentWords.Option("Reinforcement learners whose policies are tuned"),
            Stage.Ensemble => AgentWords.Option("Reinforcement learners whose hybrids are combined"),
            _ => null,
        };
        options.AddTo(command);
        if (learners is not null)
        {
            command.Options.Add(learners);
        }

        foreach (var version in versions)
        {
            command.Options.Add(version);
        }

        command.SetAction(async (parsed, _) =>
        {
            var chosenOptions = RunSessionOptions.Of(parsed, options.Slots);
            var session = new RunSession(context, chosenOptions);
            var specs = new RunSpecs(parsed, options, chosenOptions.Settings);
            ImmutableArray<string> agents = learners is not null ? AgentWords.Read(parsed.GetValue(learners))
                : stage == Stage.Agent ? [name] : [];
            var data = new TrainingDataSource(options.DataOf(parsed), context.Clock).Read();
            ImmutableArray<string> named =
                [.. versions.SelectMany(version => parsed.GetValue(version)).Where(text => text != "new")];
            var spec = specs.Spec(data, [stage], agents, named);
            return await session.StartAsync(spec, data, CommandText.Of(context.Arguments));
        });
        return command;
    }

    private static Option<ImmutableArray<string>> Version(string name, string description) =>
        RunOptions.Names(name, description);
}
