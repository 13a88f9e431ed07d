using TrainingCluster.MarketData.Content;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.LearningTests.Jobs;

public sealed class RunPlanSpecs
{
    private static readonly Digest Data = Digest.Of("bars");

    [Fact]
    public void Strategies_do_not_wait_for_each_other_and_the_ensemble_waits_for_all_hybrids()
    {
        var jobs = RunPlan.Jobs(Spec()).ToDictionary(job => job.Id);

        Assert.Empty(jobs["cnn_lstm/atr_breakout"].DependsOn);
        Assert.Equal(["cnn_lstm/atr_breakout"], jobs["ppo/atr_breakout"].DependsOn.ToArray());
        Assert.Equal(["cnn_lstm/atr_breakout", "ppo/atr_breakout"],
            jobs["hybrid/atr_breakout"].DependsOn.ToArray());
        Assert.Equal(["hybrid/rsi_mean_reversion", "hybrid/atr_breakout"],
            jobs["ensemble/main"].DependsOn.ToArray());
        Assert.Equal(7, jobs.Count);
    }

    [Fact]
    public void Every_job_comes_after_those_it_depends_on()
    {
        var jobs = RunPlan.Jobs(Spec());

        for (var i = 0; i < jobs.Length; i++)
        {
            Assert.All(jobs[i].DependsOn, id => Assert.Contains(jobs.Take(i), job => job.Id == id));
        }
    }

    [Fact]
    public void All_violations_of_a_spec_are_told_at_once()
    {
        var spec = Spec() with
        {
            Strategies = ["rsi_mean_reversion", "moon_phase", "rsi_mean_reversion"],
            Agents = ["oracle"],
            FeeRatio = -1,
            ThreadsPerJob = 0,
            JobTimeout = TimeSpan.Zero,
            Overrides = BudgetOverrides.Of(("cnn_lstm.epoch", 3), ("nothing", 1)),
        };

        var error = Assert.Throws<RunSpecException>(() => RunPlan.Jobs(spec));

        Assert.Equal(8, error.Violations.Length);
        Assert.Contains("strategy 'moon_phase' is unknown; there are: atr_breakout", error.Message);
        Assert.Contains("override 'cnn_lstm.epoch' is unknown; cnn_lstm has: barrier_weight", error.Message);
    }

    [Fact]
    public void A_stage_alone_asks_for_what_it_reads_and_takes_it_from_earlier_versions()
    {
        var spec = Spec() with { Strategies = ["rsi_mean_reversion"], Stages = [Stage.Agent] };
        var encoder = new InputVersion(InputRoles.Encoder, "rsi_mean_reversion",
            "cnn_lstm/rsi_mean_reversion@1.0.0", Digest.Of("encoder"));
        var outputs = encoder with { Role = InputRoles.OutOfFold, Digest = Digest.Of("outputs") };

        var error = Assert.Throws<RunSpecException>(() => RunPlan.Jobs(spec));
        var job = Assert.Single(RunPlan.Jobs(spec with { Inputs = [encoder, outputs] }));

        Assert.Equal(2, error.Violations.Length);
        Assert.Empty(job.DependsOn);
        Assert.Equal(["encoder", "oof"], job.GivenInputs.Select(input => input.Role));
        Assert.Equal("cnn_lstm/rsi_mean_reversion", job.GivenInputs[0].JobId);
    }

    [Fact]
    public void Overrides_reach_their_stage_and_no_other()
    {
        var spec = Spec() with { Overrides = BudgetOverrides.Of(("cnn_lstm.epochs", 2)) };

        var jobs = RunPlan.Jobs(spec);

        Assert.Equal(2, jobs.First(job => job.Stage == Stage.CnnLstm).HyperParameters.Whole("epochs"));
    }

    [Fact]
    public void The_spec_digest_covers_what_changes_bytes_and_nothing_else()
    {
        var job = RunPlan.Jobs(Spec())[0];
        var digest = job.SpecDigest([]);

        JobSpec[] same = [job with { Timeout = TimeSpan.FromHours(1) }, job with { DataName = "other" }];
        JobSpec[] other =
        [
            job with { Seed = 8 },
            job with { Data = Digest.Of("other") },
            job with { FeeRatio = 0.001 },
            job with { ThreadsPerJob = 2 },
            job with { StrategyParameters = "other" },
            job with { HyperParameters = job.HyperParameters.With("epochs", 99) },
        ];

        Assert.All(same, one => Assert.Equal(digest, one.SpecDigest([])));
        Assert.Equal(
            other.Length + 1, other.Select(one => one.SpecDigest([])).Append(digest).Distinct().Count());
        Assert.NotEqual(digest, job.SpecDigest([new JobInput("encoder", "cnn_lstm/x", null, Data)]));
    }

    [Fact]
    public void Every_agent_has_a_job_and_a_hybrid_of_each_strategy_and_the_ensemble_takes_all_hybrids()
    {
        var spec = Spec() with { Strategies = ["atr_breakout"], Agents = ["dqn", "ppo", "sac"] };

        var jobs = RunPlan.Jobs(spec).ToDictionary(job => job.Id);

        string[] hybrids = ["hybrid/atr_breakout-dqn", "hybrid/atr_breakout", "hybrid/atr_breakout-sac"];
        Assert.Equal(hybrids, jobs["ensemble/main"].DependsOn.AsEnumerable());
        Assert.Equal(["cnn_lstm/atr_breakout", "dqn/atr_breakout"], jobs[hybrids[0]].DependsOn.AsEnumerable());
        Assert.Equal("dqn", jobs[hybrids[0]].Agent);
        Assert.Equal(8, jobs.Count);
        // Beside others an agent's jobs are what they are alone.
        foreach (var alone in spec.Agents.SelectMany(agent => RunPlan.Jobs(spec with { Agents = [agent] })))
        {
            Assert.True(alone.Stage == Stage.Ensemble || alone.SpecDigest([]) == jobs[alone.Id].SpecDigest([]));
        }
    }

    [Fact]
    public void A_hybrid_alone_takes_the_policy_of_its_own_agent()
    {
        var spec = Spec() with
        {
            Strategies = ["atr_breakout"],
            Stages = [Stage.Hybrid],
            Agents = ["ppo", "dqn"],
            Inputs =
            [
                new(InputRoles.Encoder, "atr_breakout", "cnn_lstm/atr_breakout@1.0.0", Digest.Of("encoder")),
                new(InputRoles.OutOfFold, "atr_breakout", "cnn_lstm/atr_breakout@1.0.0", Digest.Of("outputs")),
                new(InputRoles.Policy, "atr_breakout", "dqn/atr_breakout@1.0.0", Digest.Of("dqn")),
            ],
        };
        var ppo = new InputVersion(InputRoles.Policy, "atr_breakout", "ppo/atr_breakout@1.0.0", Digest.Of("ppo"));

        var missing = Assert.Throws<RunSpecException>(() => RunPlan.Jobs(spec));
        var jobs = RunPlan.Jobs(spec with { Inputs = spec.Inputs.Add(ppo) });

        Assert.Contains("'policy' of agent 'ppo'", Assert.Single(missing.Violations));
        Assert.All(jobs, job => Assert.Equal(
            [$"{job.Agent}/atr_breakout"],
            job.GivenInputs.Where(input => input.Role == InputRoles.Policy).Select(input => input.JobId)));
    }

    [Fact]
    public void A_number_of_some_hybrids_reaches_those_that_have_it()
    {
        var spec = Spec() with
        {
            Agents = ["ppo", "dqn"],
            Overrides = BudgetOverrides.Of(("hybrid.clip_range", 0.1), ("hybrid.batch", 64)),
        };

        var jobs = RunPlan.Jobs(spec).ToDictionary(job => job.Id, job => job.HyperParameters.Values);

        Assert.Equal(0.1, jobs["hybrid/atr_breakout"]["clip_range"]);
        Assert.Equal(64, jobs["hybrid/atr_breakout-dqn"]["batch"]);
        Assert.False(jobs["hybrid/atr_breakout-dqn"].ContainsKey("clip_range"));
    }

    [Fact]
    public void No_two_strategies_share_a_spec_digest()
    {
        var digests = RunPlan.Jobs(Spec()).Select(job => job.SpecDigest([])).ToList();

        Assert.Equal(digests.Count, digests.Distinct().Count());
    }

    private static RunSpec Spec() => new()
    {
        DataName = "bars",
        Data = Data,
        Strategies = ["rsi_mean_reversion", "atr_breakout"],
        Stages = Stages.All,
        Agents = ["ppo"],
        Budget = BudgetName.Quick,
        Seed = 7,
    };
}
