using TrainingCluster.Cluster.Runs;
using TrainingCluster.ClusterTests.Fakes;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.ClusterTests.Hosting;

/// <summary>The real encoder under the real actors, with gradients that become NaN on purpose.</summary>
public sealed class NanGradientSpecs : IDisposable
{
    private const string Job = "cnn_lstm/rsi_mean_reversion";

    private static readonly BarSeries Bars = SyntheticMarket.Generate(
        new SyntheticMarketOptions { Bars = 520, SignalCorrelation = 0.2 }, new Seed(3));

    private readonly Home _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Supervision_restarts_the_learner_after_a_nan_gradient_and_the_job_succeeds()
    {
        await using var host = await _home.StartAsync(new JobRunner(TimeProvider.System));

        var run = await host.SubmitAsync(Spec(FaultInjection.NanGradientAt(Job, 5)), Bars);
        var job = Assert.Single((await host.WaitAsync(run).Within("the recovery")).Jobs);

        Assert.Equal(JobStatus.Succeeded, job.Status);
        Assert.Equal(1, job.Recoveries);
        Assert.Equal(1, job.Attempts);
    }

    [Fact]
    public async Task The_fourth_nan_gradient_fails_the_job_with_its_reason()
    {
        await using var host = await _home.StartAsync(new JobRunner(TimeProvider.System));

        var run = await host.SubmitAsync(Spec(FaultInjection.NanGradientAt(Job, 5, 9, 14, 20)), Bars);
        var job = Assert.Single((await host.WaitAsync(run).Within("the failure")).Jobs);

        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.Equal(Reasons.NumericalInstability, job.Reason);
    }

    private static RunSpec Spec(FaultInjection fault) => new()
    {
        DataName = "market",
        Data = Bars.Digest,
        Strategies = ["rsi_mean_reversion"],
        Stages = [Stage.CnnLstm],
        Agents = [],
        Budget = BudgetName.Quick,
        Seed = 7,
        Overrides = BudgetOverrides.Of(
            ("cnn_lstm.window", 13), ("cnn_lstm.conv1", 5), ("cnn_lstm.conv2", 7), ("cnn_lstm.hidden", 11),
            ("cnn_lstm.batch", 32), ("cnn_lstm.epochs", 3), ("cnn_lstm.folds", 2)),
        Fault = fault,
    };
}
