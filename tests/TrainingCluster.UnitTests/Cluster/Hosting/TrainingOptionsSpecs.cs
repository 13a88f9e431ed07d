using Akka.Configuration;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.UnitTests.Cluster.Hosting;

public sealed class TrainingOptionsSpecs
{
    [Fact]
    public void The_defaults_are_those_of_the_reference()
    {
        var options = TrainingOptions.From(BuiltInConfig.Reference, processors: 3);

        Assert.Equal(2, options.RetryBudget);
        Assert.Equal(200, options.RunsMax);
        Assert.Equal(20_000, options.JobsMax);
        Assert.Equal(1_000, options.JobsPerRunMax);
        Assert.Equal(TimeSpan.FromSeconds(5), options.ReconcileInterval);
        Assert.False(options.ResumeOnRecovery);
        Assert.Equal(TimeSpan.FromSeconds(1), options.RetryInterval);
        Assert.Equal(TimeSpan.FromSeconds(15), options.RetryIntervalMax);
        Assert.Equal(40, options.RetriesMax);
        Assert.Equal(TimeSpan.FromSeconds(30), options.StopTimeout);
        Assert.Equal(TimeSpan.FromSeconds(30), options.CheckpointInterval);
        Assert.Equal(50_000, options.CheckpointSteps);
        Assert.Equal(TimeSpan.FromMinutes(10), options.HeartbeatTimeout);
        Assert.False(options.HasWorkerProcesses);
        Assert.Equal(0, options.WorkerMemory);
        Assert.Equal(TimeSpan.Zero, options.WorkerProcessorTime);
        Assert.Equal(64 * 1024 * 1024, options.ThreadStackBytes);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.ProgressInterval);
        Assert.Equal(3, options.Slots);
        Assert.Equal(TimeSpan.FromSeconds(1), options.AnnounceInterval);
        Assert.Equal(60, options.NumberOfShards);
        Assert.Equal(TimeSpan.FromSeconds(30), options.AnswerTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(500), options.PollInterval);
    }

    [Fact]
    public void Every_mistake_is_told_at_once_with_key_value_and_rule()
    {
        var config = Own(
            """
            training.cluster.port = 65536
            training.cluster.takeover-after = 1s
            training.coordinator.retry-budget = -1
            training.coordinator.resume-on-recovery = perhaps
            training.node.slots = many
            training.trainer.retry-interval = 20s
            training.worker.stop-timeout = soon
            training.worker.thread-stack-size = 1KiB
            """);

        var refused = Assert.Throws<TrainingOptionsException>(() => TrainingOptions.From(config, 1));

        Assert.Equal(
            [
                "training.coordinator.retry-budget is -1; it must be a number from 0 to 100",
                "training.coordinator.resume-on-recovery is perhaps; it must be on or off",
                "training.worker.stop-timeout is soon; it must be a duration from 1s to 10m",
                "training.worker.thread-stack-size is 1KiB; it must be a size from 1048576 to 1073741824 "
                    + "bytes",
                "training.node.slots is many; it must be a number from 1 to 1024",
                "training.cluster.port is 65536; it must be a number from 0 to 65535",
                "training.cluster.takeover-after is 1s; it must be a duration from 5s to 10m",
                "training.trainer.retry-interval-max is 15s; it must not be below "
                    + "training.trainer.retry-interval, which is 20s",
            ],
            refused.Violations);
    }

    [Fact]
    public void A_number_of_slots_wins_over_the_processors() =>
        Assert.Equal(7, TrainingOptions.From(Own("training.node.slots = 7"), 2).Slots);

    [Fact]
    public void No_key_of_the_reference_goes_unread()
    {
        Assert.Equal(
            [
                "agents.reward-shaping",
                "api.address", "api.connections-max", "api.port", "api.request-max", "api.token-file", "api.upload-max",
                "cluster.hostname", "cluster.port", "cluster.seed-nodes", "cluster.store",
                "cluster.takeover-after",
                "coordinator.jobs-max", "coordinator.jobs-per-run-max",
                "coordinator.reconcile-interval", "coordinator.resume-on-recovery",
                "coordinator.retry-budget", "coordinator.runs-max",
                "data.binance", "data.cache-limit", "data.calendar", "data.fetch", "data.folder", "data.lookback-days",
                "data.plug-in", "data.quality-threshold", "data.timeframes", "data.yahoo",
                "encoder.labels",
                "host.answer-timeout", "host.poll-interval",
                "node.announce-interval", "node.slots",
                "pbm.enabled", "pbm.host", "pbm.port", "pbm.token-file",
                "sharding.number-of-shards",
                "trading.borrow", "trading.capital", "trading.fee", "trading.impact", "trading.slippage",
                "trading.spread",
                "trainer.retries-max", "trainer.retry-interval", "trainer.retry-interval-max",
                "worker.checkpoint-interval", "worker.checkpoint-steps", "worker.heartbeat-timeout", "worker.isolation",
                "worker.learner-threads", "worker.memory-limit", "worker.processor-limit", "worker.progress-interval",
                "worker.stop-timeout", "worker.thread-stack-size",
            ],
            BuiltInConfig.Reference.GetConfig("training")!.AsEnumerable()
                .SelectMany(
                    section => section.Value.GetObject().Items.Keys.Select(key => $"{section.Key}.{key}"))
                .Order(StringComparer.Ordinal));
    }

    private static Config Own(string text) =>
        ConfigurationFactory.ParseString(text).WithFallback(BuiltInConfig.Reference);
}
