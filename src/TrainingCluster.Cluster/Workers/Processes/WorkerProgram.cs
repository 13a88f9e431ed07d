using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Workers.Processes;

/// <summary>
/// The program of a worker's process: one job, told and answered over standard input and output. It reaches nothing
/// but its node, has none of the node's environment, and ends with it.
/// </summary>
public static class WorkerProgram
{
    private const int NodeIsGone = 3;

    /// <param name="runner">Makes what carries the job out, of the cadence of its checkpoints and its learner's threads.
    /// </param>
    /// <param name="clock">Decides when progress and checkpoints are due.</param>
    /// <returns>The exit code: 0 when the outcome has been told, whatever it is.</returns>
    public static int Run(Func<CheckpointCadence, int, IJobRunner> runner, TimeProvider clock)
    {
        ChildSystem.DieWithParent();
        var (input, output) = ChildSystem.TakePipes();
        var pipe = new FramePipe(input, output);
        if (pipe.Read() is not { Kind: FrameKind.Setup } first || pipe.Read() is not { Kind: FrameKind.Begin } second)
        {
            return NodeIsGone;
        }

        var setup = ChildJson.Read<ChildSetup>(first.Content);
        var start = (WorkerCommands.Start)WireContracts.Read(
            second.Content.Span, WireContracts.NameOf(typeof(WorkerCommands.Start)));
        ChildSystem.LimitMemory(setup.MemoryBytes);
        ChildSystem.LimitProcessor(setup.CpuSeconds);

        using var cancellation = new CancellationTokenSource();
        var questions = new ChildQuestions(pipe);
        new Thread(() => Listen(pipe, questions, cancellation)) { IsBackground = true, Name = "node" }.Start();
        var job = new ChildJob(pipe, questions, start, setup, clock);
        var worker = new Thread(
            () => job.Run(
                runner(new CheckpointCadence(setup.CheckpointSteps, setup.CheckpointInterval), setup.LearnerThreads),
                cancellation.Token),
            setup.ThreadStackBytes)
        {
            Name = $"train {start.Attempt}",
        };
        worker.Start();
        worker.Join();
        return 0;
    }

    private static void Listen(FramePipe pipe, ChildQuestions questions, CancellationTokenSource cancellation)
    {
        try
        {
            while (pipe.Read() is { } frame)
            {
                if (frame.Kind == FrameKind.Cancel)
                {
                    _ = cancellation.CancelAsync();
                }
                else
                {
                    questions.Answer(frame);
                }
            }
        }
        catch (Exception torn) when (torn is IOException or InvalidDataException)
        {
            Console.Error.WriteLine(torn.Message);
        }

        ChildSystem.EndAtOnce(NodeIsGone);
    }
}
