using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Workers.Processes;

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
