using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Runs;
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

    /// <param name="runner">Makes what carries the job out.</param>
    /// <param name="clock">Decides when progress and checkpoints are due.</param>
    /// <returns>The exit code: 0 when the outcome has been told, whatever it is.</returns>
    public static int Run(Func<CheckpointCadence, IJobRunner> runner, TimeProvider clock)
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
            () => job.Run(runner(new CheckpointCadence(setup.CheckpointSteps, setup.CheckpointInterval)),
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

/// <summary>The job of a worker's process on its own thread.</summary>
internal sealed class ChildJob(
    FramePipe pipe, ChildQuestions questions, WorkerCommands.Start start, ChildSetup setup, TimeProvider clock)
{
    /// <summary>Tells the outcome, whatever it is.</summary>
    public void Run(IJobRunner runner, CancellationToken cancellation)
    {
        try
        {
            var output = Train(runner, cancellation);
            foreach (var file in output.Files)
            {
                pipe.Write(FrameKind.OutputFile, file.Role, file.Content);
            }

            var finite = output.Metrics.Where(metric => double.IsFinite(metric.Value))
                .ToImmutableSortedDictionary(StringComparer.Ordinal);
            pipe.Write(FrameKind.Done, ChildJson.Write(new ChildDone(finite, output.Evaluation.ToJson())));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            pipe.Write(FrameKind.Cancelled);
        }
        catch (Exception fault)
        {
            Console.Error.WriteLine(fault);
            pipe.Write(FrameKind.Faulted, ChildJson.Write(ChildFaults.Of(fault)));
        }
    }

    private JobOutput Train(IJobRunner runner, CancellationToken cancellation)
    {
        var artifacts = new PipeArtifactStore(questions);
        var plan = JobPlan.Of(WorkOrder.Of(start));
        var progress = new SparseProgress(
            news => pipe.Write(FrameKind.Progress, WireContracts.Write(
                new JobAdvanced(start.Attempt.Run, news, start.Attempt.Number))),
            clock,
            setup.ProgressInterval);
        return runner.Run(
            new JobRequest(
                plan.Spec,
                BarPanelArtifact.Get(artifacts, start.Spec.Data),
                plan.Inputs,
                artifacts,
                new PipeCheckpointStore(questions),
                start.Recovery),
            progress,
            cancellation);
    }
}
