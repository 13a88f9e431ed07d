using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.LearningTests.Ppo;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments.CartPole;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;
using static TorchSharp.torch;

namespace TrainingCluster.LearningTests.Acceptance;

/// <summary>Counts what the whole process holds, so that nothing may run beside.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "alone in the process";
}

/// <summary>
/// A job that runs for hours must hold no more after its last update than after its first ones.
/// </summary>
[Collection(AloneInTheProcess.Name)]
public sealed class SteadyMemorySpecs
{
    private const string Strategy = "rsi_mean_reversion";

    /// <summary>Well below one leaked minibatch or snapshot per update; curves and events fit in.</summary>
    private const long LargestGrowthBytes = 512 * 1024;

    private static readonly BudgetOverrides ManyUpdates = new(PipelineRun.Tiny.Values
        .SetItem("cnn_lstm.epochs", 40)
        .SetItem("cnn_lstm.patience", 40)
        .SetItem("cnn_lstm.minimum_improvement", 0)
        .SetItem("ppo.total_steps", 51_200)
        .SetItem("hybrid.total_steps", 10_240));

    [Fact]
    public void Ten_thousand_updates_on_two_threads_leave_nothing_behind()
    {
        var options = new PpoOptions
        {
            TotalSteps = long.MaxValue / 2,
            Episodes = 8,
            RolloutSteps = 64,
            MiniBatch = 64,
            Epochs = 10,
        };
        using var second = new SecondThread("steady memory");
        var learner = new PpoLearner(options, new CartPoleEnvironment(8, new Seed(1)), new Seed(1), null, second);
        Run(10);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Run(125);

        Assert.Equal(135 * 80, learner.Updates);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, LargestGrowthBytes);

        void Run(int iterations)
        {
            for (var i = 0; i < iterations; i++)
            {
                learner.Iterate();
            }
        }
    }

    [Theory]
    [InlineData("cnn_lstm", "fit", 40)]
    [InlineData("ppo", "ppo", 200)]
    [InlineData("hybrid", "tune", 80)]
    public void Live_tensors_and_managed_memory_stay_flat_over_many_updates(
        string type, string phase, int reports)
    {
        var bars = EncoderRuns.Market();
        var job = $"{type}/{Strategy}";
        var run = new PipelineRun(bars, PipelineRun.Spec(bars, 7, [Strategy], ManyUpdates));
        foreach (var earlier in run.Jobs.TakeWhile(one => one.Id != job))
        {
            run.Run(earlier.Id);
        }

        var (tensors, bytes) = (new List<long>(), new List<long>());
        var counting = new Listener(news =>
        {
            if (news.Phase != phase || news.Values.Count == 0)
            {
                return;
            }

            tensors.Add(Tensor.TotalCount);
            if (tensors.Count == reports / 4 || tensors.Count == reports)
            {
                bytes.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        });

        run.Run(job, progress: counting);

        Assert.Equal(reports, tensors.Count);
        Assert.Single(tensors.Distinct());
        Assert.InRange(bytes[1] - bytes[0], long.MinValue, LargestGrowthBytes);
    }
}
