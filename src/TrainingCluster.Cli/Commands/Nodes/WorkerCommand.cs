using System.CommandLine;
using TrainingCluster.Cluster.Workers.Processes;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Nodes;

/// <summary>`trainctl worker`: the process of one job, started by a node and by nobody else.</summary>
internal static class WorkerCommand
{
    public const string Name = "worker";

    public static Command Create(CommandContext context)
    {
        var command = new Command(Name, "Carry out one job for the node that started this process") { Hidden = true };
        command.SetAction(_ => WorkerProgram.Run(
            (cadence, threads) => new JobRunner(context.Clock, cadence, threads), context.Clock));
        return command;
    }
}
