using TrainingCluster.Cluster.Runs;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.UnitTests.Cluster.Runs;

/// <summary>A job that ran out of memory is tried with less.</summary>
public sealed class MemoryFaultSpecs
{
    private const string Job = "cnn_lstm/a";

    [Fact]
    public void Each_time_halves_the_batch_of_the_next_attempt()
    {
        var pipeline = Pipeline.Submitted();

        pipeline.Fail(Job, Reasons.OutOfMemory, isWorthRepeating: true);
        pipeline.Fail(Job, Reasons.OutOfMemory, isWorthRepeating: true);

        var plan = pipeline.Job(Job).Recovery;
        Assert.Equal(2, plan.MemoryFaults);
        Assert.Equal(0, plan.Attempt);
        var fitted = plan.Fit(HyperParameters.Of(("batch", 64), ("epochs", 3), ("device", 1)));
        Assert.Equal((16, 3, -1), (fitted["batch"], fitted["epochs"], fitted["device"]));
        Assert.Equal(1, plan.Fit(HyperParameters.Of(("mini_batch", 1)))["mini_batch"]);
        var healthy = HyperParameters.Of(("batch", 64), ("device", 1));
        Assert.Same(healthy, RecoveryPlan.None.Fit(healthy));
    }

    [Fact]
    public void Its_result_says_that_it_is_less_than_was_asked_for()
    {
        var pipeline = Pipeline.Submitted();
        pipeline.Fail(Job, Reasons.OutOfMemory, isWorthRepeating: true);

        pipeline.Succeed(Job);

        Assert.Equal(JobStatus.Degraded, pipeline.Job(Job).Status);
        Assert.Equal(Reasons.OutOfMemory, pipeline.Job(Job).Reason);
        Assert.Contains("smaller batches", pipeline.Job(Job).Detail);
    }

    [Fact]
    public void Failed_attempts_are_remembered_until_somebody_tries_the_job_again()
    {
        var pipeline = Pipeline.Submitted();

        pipeline.Fail(Job, Reasons.WorkerCrashed, isWorthRepeating: true);

        var note = Assert.Single(pipeline.Job(Job).FailureNotes);
        Assert.Contains("attempt 1", note);
        Assert.Contains(Reasons.WorkerCrashed, note);
    }
}
