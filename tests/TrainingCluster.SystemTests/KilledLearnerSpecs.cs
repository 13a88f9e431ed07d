namespace TrainingCluster.SystemTests;

/// <summary>Every learner, killed at a random moment of its training, ends in the bytes of an unbroken one.</summary>
public sealed class KilledLearnerSpecs
{
    private const string Strategy = "rsi_mean_reversion";

    [Theory]
    [InlineData("dqn", 1)]
    public Task A_killed_learner_is_resumed_to_the_same_bytes(string stage, int seed) => ResumedAsync(stage, seed);

    [Theory]
    [InlineData("cnn-lstm", 2)]
    [InlineData("ppo", 3)]
    [InlineData("sac", 4)]
    [InlineData("td3", 5)]
    [InlineData("deepscalper", 6)]
    [Trait("Category", "slow")]
    public Task Any_killed_learner_is_resumed_to_the_same_bytes(string stage, int seed) => ResumedAsync(stage, seed);

    private static async Task ResumedAsync(string stage, int seed)
    {
        using var unbroken = new StateFolder();
        using var folder = new StateFolder();
        var pipeline = await UnbrokenRun.GetAsync();
        var isEncoder = stage == "cnn-lstm";
        var job = $"{(isEncoder ? "cnn_lstm" : stage)}/{Strategy}";
        var running = $"{job}: running {(isEncoder ? "fit" : stage)}";
        string[] Arguments(string state) =>
        [
            "train", stage, UnbrokenRun.Bars, "--strategies", Strategy, "--seed", UnbrokenRun.Seed, "--state", state,
            "-o", "json",
        ];
        var expected = new RunResult(
            (await Trainctl.RunAsync(Arguments(unbroken.CopyOf(pipeline.State)))).Expect(0).Json());
        folder.CopyOf(pipeline.State);

        var checkpoints = new Random(seed).Next(3, 12);
        var said = await KilledRun.LeaveAsync(folder.State, running, checkpoints, Arguments(folder.State));
        var outcome = await Trainctl.RunAsync("train", "resume", "latest", "--state", folder.State, "-o", "json");

        var resumed = new RunResult(outcome.Expect(0).Json());
        Assert.Equal(expected.Digests(), resumed.Digests());
        Assert.Equal(2, resumed.Attempts(job));
        if (!isEncoder)
        {
            // An encoder may be resumed in a later phase, which counts anew.
            Assert.True(
                KilledRun.FirstStep(outcome.Error, running).Step > KilledRun.FirstStep(said, running).Step,
                $"{job} began again after {checkpoints} checkpoints:\n{said}\n{outcome.Error}");
        }
    }
}
