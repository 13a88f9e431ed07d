using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.UnitTests.Cluster.Registration;

public sealed class TrialInboxSpecs : IDisposable
{
    private static readonly Digest Bars = Digest.Of("bars");

    private readonly string _root = Directory.CreateTempSubdirectory("trials-").FullName;

    private string State => Path.Combine(_root, "state");

    [Fact]
    public void Distinct_settings_count_and_exact_repeats_do_not()
    {
        var inbox = Inbox();

        (string, double?)[] tried = [("a", .1), ("b", .3), ("a", .1), ("c", null), ("b", .3)];
        foreach (var (spec, sharpe) in tried)
        {
            inbox.Put(Trial(spec, sharpe));
        }

        var trials = StateReader.Open(State).Registry().Trials;
        Assert.Equal(3, inbox.List().Length);
        Assert.Equal(3, trials.Count(Bars));
        Assert.Equal(0, trials.Count(Digest.Of("other bars")));
    }

    [Fact]
    public void Count_and_variance_enter_the_published_formula()
    {
        var inbox = Inbox();
        double?[] sharpes = [.02, .05, -.01, null, .04];
        for (var i = 0; i < sharpes.Length; i++)
        {
            inbox.Put(Trial($"spec {i}", sharpes[i]));
        }

        var population = StateReader.Open(State).Registry().Trials.Population(Bars);

        // Bailey and López de Prado 2014: SR₀ = √V · [(1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))].
        const double gamma = .5772156649015329;
        var expected = Math.Sqrt(.0021 / 3) * (
            (1 - gamma) * StandardNormal.Quantile(1 - 1 / 5.0)
            + gamma * StandardNormal.Quantile(1 - 1 / (5 * Math.E)));
        Assert.Equal(5, population.Count);
        Assert.Equal(.0021 / 3, population.SharpeVariance!.Value, 1e-15);
        Assert.Equal(expected, population.Threshold, 1e-12);
    }

    [Fact]
    public void A_damaged_file_is_an_error_that_names_it_and_not_one_trial_less()
    {
        var inbox = Inbox();
        inbox.Put(Trial("a", .1));
        var file = Directory.EnumerateFiles(Path.Combine(_root, "state", "trials", "sha256"), "*",
            SearchOption.AllDirectories).Single();
        File.SetAttributes(file, FileAttributes.Normal);
        File.WriteAllText(file, "{}");

        var error = Assert.Throws<JournalCorruptException>(() => StateReader.Open(State).Registry());

        Assert.Contains(file, error.Message);
    }

    [Fact]
    public void What_was_taken_out_is_gone_and_taking_it_out_again_does_no_harm()
    {
        var inbox = Inbox();
        inbox.Put(Trial("a", .1));
        var pending = inbox.List().Single();

        inbox.Remove(pending);
        inbox.Remove(pending);

        Assert.Empty(inbox.List());
        Assert.Equal(Trial("a", .1), pending.Trial);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private TrialInbox Inbox() => new(StateDirectory.OpenOrCreate(State).TrialsPath);

    private static TrialCounted Trial(string spec, double? sharpe) =>
        new(Bars, Digest.Of(spec), "rule", "donchian_breakout", sharpe);
}
