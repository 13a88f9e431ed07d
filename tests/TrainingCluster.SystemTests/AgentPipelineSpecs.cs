namespace TrainingCluster.SystemTests;

/// <summary>Pipelines with other agents than the default one.</summary>
public sealed class AgentPipelineSpecs
{
    private const string Strategy = "rsi_mean_reversion";

    [Fact]
    public async Task An_agent_goes_through_all_stages_and_its_models_are_shown_and_tested_like_others()
    {
        using var folder = new StateFolder();

        var outcome = await Trainctl.RunAsync(Arguments(folder.State, "dqn"));

        var result = new RunResult(outcome.Expect(0).Json());
        Assert.Equal(Jobs("dqn"), result.Jobs.Select(job => RunResult.Text(job, "id")));
        var row = result.Document.GetProperty("leaderboard").GetProperty("rows").EnumerateArray()
            .Single(one => RunResult.Text(one, "name") == "hybrid");
        Assert.Equal((Strategy, "dqn"), (RunResult.Text(row, "strategy"), RunResult.Text(row, "agent")));
        Assert.Contains($"{Strategy}-dqn", await File.ReadAllTextAsync(result.Report));
        foreach (var model in new[] { $"dqn/{Strategy}", $"hybrid/{Strategy}-dqn" })
        {
            var info = await Trainctl.RunAsync("train", "info", model, "--state", folder.State, "-o", "json");
            Assert.Equal("dqn", RunResult.Text(info.Expect(0).Json(), "agent"));
            var backtest = await Trainctl.RunAsync(
                "backtest", UnbrokenRun.Bars, "--model", model, "--state", folder.State, "-o", "json");
            backtest.Expect(0);
        }

        // The stages alone, from the earlier versions of this agent.
        foreach (var (stage, job) in new[] { ("hybrid", $"hybrid/{Strategy}-dqn"), ("ensemble", "ensemble/main") })
        {
            var alone = await Trainctl.RunAsync(
                "train", stage, UnbrokenRun.Bars, "--agents", "dqn", "--strategies", Strategy, "--seed",
                UnbrokenRun.Seed, "--state", folder.State, "-o", "json");
            Assert.Equal(result.Digest(job, "model"), new RunResult(alone.Expect(0).Json()).Digest(job, "model"));
        }
    }

    [Fact]
    public async Task A_named_version_of_another_agent_is_refused_instead_of_passed_over()
    {
        var state = (await UnbrokenRun.GetAsync()).State;

        var outcome = await Trainctl.RunAsync(
            "train", "hybrid", UnbrokenRun.Bars, "--agents", "dqn", "--rl-model", $"ppo/{Strategy}@1.0.0",
            "--strategies", Strategy, "--state", state);

        outcome.ExpectError(3, $"dqn/{Strategy}", "train it first", $"ppo/{Strategy}@1.0.0 is read by no job");
    }

    [Fact]
    [Trait("Category", "slow")]
    public async Task All_agents_are_trained_side_by_side_and_none_changes_the_bytes_of_another()
    {
        using var folder = new StateFolder();
        var alone = (await UnbrokenRun.GetAsync()).Result;
        string[] agents = ["ppo", "sac", "td3", "dqn", "deepscalper"];

        var outcome = await Trainctl.RunAsync(Arguments(folder.State, string.Join(',', agents)));

        var result = new RunResult(outcome.Expect(0).Json());
        Assert.Equal(Jobs(agents), result.Jobs.Select(job => RunResult.Text(job, "id")));
        Assert.All(result.Jobs, job => Assert.Equal("succeeded", RunResult.Text(job, "status")));
        string[] same = [$"cnn_lstm/{Strategy}", $"ppo/{Strategy}", $"hybrid/{Strategy}"];
        Assert.Equal(alone.Digests(same).Order(), result.Digests(same).Order());
    }

    private static string[] Jobs(params string[] agents) =>
    [
        $"cnn_lstm/{Strategy}",
        .. agents.SelectMany(agent => new[]
        {
            $"{agent}/{Strategy}", $"hybrid/{Strategy}{(agent == "ppo" ? "" : $"-{agent}")}",
        }),
        "ensemble/main",
    ];

    private static string[] Arguments(string state, string agents) =>
    [
        "train", "pipeline", UnbrokenRun.Bars, "--strategies", Strategy, "--agents", agents, "--seed",
        UnbrokenRun.Seed, "--state", state, "-o", "json",
    ];
}
