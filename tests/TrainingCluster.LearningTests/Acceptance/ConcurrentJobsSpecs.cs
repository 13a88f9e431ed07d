using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.LearningTests.Ppo;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.LearningTests.Acceptance;

/// <summary>
/// Jobs of different stages and strategies at the same time, as a node with several slots runs them.
/// </summary>
public sealed class ConcurrentJobsSpecs
{
    private const int Rounds = 20;
    private static readonly BarSeries Bars = EncoderRuns.Market();
    private static readonly string[] Strategies = ["atr_breakout", "rsi_mean_reversion", "macd_momentum"];
    private static readonly string[] Types = ["cnn_lstm", "ppo", "hybrid"];

    [Fact]
    public async Task Different_jobs_that_run_at_the_same_time_twenty_times_give_the_bytes_of_each_alone()
    {
        var alone = Start(7).Through(Stage.Hybrid);

        for (var round = 0; round < Rounds; round++)
        {
            // Each round shifts the strategies, so that every job meets every other stage beside it.
            string[] jobs = [.. Types.Select((type, i) => $"{type}/{Strategies[(i + round) % 3]}")];
            var together = await Task.WhenAll(jobs.Select(job => OnItsOwnThread(
                () => Start(7).AdoptBefore(job, alone).Run(job))));

            foreach (var (job, output) in jobs.Zip(together))
            {
                Assert.True(
                    EncoderRuns.Digests(alone[job]).SequenceEqual(EncoderRuns.Digests(output)),
                    $"{job} gave other bytes in round {round}");
                Assert.Equal(alone[job].Evaluation.ToJson(), output.Evaluation.ToJson());
            }
        }
    }

    [Fact]
    public void Another_seed_gives_every_job_other_bytes()
    {
        var one = Start(7).Through(Stage.Hybrid);

        var other = Start(8).Through(Stage.Hybrid);

        Assert.All(
            one.Jobs.Where(job => job.Stage != Stage.Ensemble),
            job => Assert.Empty(
                EncoderRuns.Digests(one[job.Id]).Intersect(EncoderRuns.Digests(other[job.Id]))));
    }

    private static PipelineRun Start(ulong seed) =>
        new(Bars, PipelineRun.Spec(Bars, seed, [.. Strategies], PipelineRun.Tiny));

    private static Task<JobOutput> OnItsOwnThread(Func<JobOutput> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
