using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Rules;

namespace TrainingCluster.UnitTests.Registry.Rules;

public sealed class TrialLedgerSpecs
{
    private static readonly Digest Bars = Digest.Of("bars");

    [Fact]
    public void A_trial_is_a_distinct_specification_on_one_data_set()
    {
        var state = After(Trial("a", .1), Trial("b", .3), Trial("a", .9), Trial("c", null));

        Assert.Equal(3, state.Trials.Count(Bars));
        Assert.Equal(0, state.Trials.Count(Digest.Of("other bars")));
    }

    [Fact]
    public void The_variance_is_unbiased_and_leaves_out_trials_without_a_ratio()
    {
        var state = After(Trial("a", .1), Trial("b", .3), Trial("c", null), Trial("d", .2));

        Assert.Equal(.01, state.Trials.SharpeVariance(Bars)!.Value, 12);
    }

    [Fact]
    public void The_ledger_gives_its_count_and_variance_to_the_deflation_pruned_trials_counted()
    {
        var trials = After(Trial("a", .1), Trial("b", .3), Trial("pruned", null), Trial("a", .7)).Trials;

        var population = trials.Population(Bars);

        Assert.Equal((3, trials.SharpeVariance(Bars)), (population.Count, population.SharpeVariance));
        Assert.True(population.Threshold.IsDefined);
    }

    [Fact]
    public void One_ratio_has_no_variance() => Assert.Null(After(Trial("a", .1)).Trials.SharpeVariance(Bars));

    [Fact]
    public void A_registration_counts_its_trial_once_also_when_its_content_was_there()
    {
        var trial = new Trial(Digest.Of("spec"), "macd_momentum", .05);
        var first = Some.Registration() with { Trial = trial };
        var again = Some.Registration(run: "later") with
        {
            Trial = trial with { Spec = Digest.Of("spec 2") },
        };

        var state = Some.After(first, first, again, again);

        Assert.Equal(2, state.Trials.Count(Bars));
        Assert.Single(state.Versions);
    }

    private static TrialCounted Trial(string spec, double? sharpe) =>
        new(Bars, Digest.Of(spec), "ppo", "macd_momentum", sharpe);

    private static RegistryState After(params TrialCounted[] trials) =>
        trials.Aggregate(RegistryState.Empty, (state, trial) =>
            state.Decide(trial).Aggregate(state, (next, happened) => next.Apply(happened)));
}
