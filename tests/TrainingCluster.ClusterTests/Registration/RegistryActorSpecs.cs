using System.Collections.Immutable;
using Akka.Actor;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.ClusterTests.Registration;

public sealed class RegistryActorSpecs : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    private readonly string _root = Directory.CreateTempSubdirectory("registry-").FullName;

    public RegistryActorSpecs()
        : base("akka.loglevel = ERROR")
    {
    }

    private DirectoryArtifactStore Artifacts => new(Path.Combine(_root, "artifacts"));

    private string View => Path.Combine(_root, "registry.json");

    [Fact]
    public void A_registration_sent_twice_is_one_version()
    {
        var registry = Start();
        var command = new RegistryCommands.Register(Registration("weights"));

        registry.Tell(command, TestActor);
        registry.Tell(command, TestActor);

        var first = ExpectMsg<RegistryAnswers.Registered>(Wait);
        var second = ExpectMsg<RegistryAnswers.Registered>(Wait);
        Assert.False(first.WasThere);
        Assert.True(second.WasThere);
        Assert.Equal(first.Version.Id, second.Version.Id);
    }

    [Fact]
    public void A_version_whose_artifact_is_not_stored_is_refused()
    {
        var registry = Start();
        var registration = Registration("weights") with
        {
            Files = [new ArtifactFile("model", Digest.Of("never stored"), 12)],
        };

        registry.Tell(new RegistryCommands.Register(registration), TestActor);

        var refused = ExpectMsg<RegistryAnswers.Refused>(Wait);
        Assert.Equal("artifact_missing", Assert.Single(refused.Problems).Code);
        Assert.Contains(Digest.Of("never stored").Hex, refused.Problems[0].Text);
    }

    [Fact]
    public void A_registry_that_starts_again_has_its_versions_and_its_view()
    {
        var registry = Start();
        registry.Tell(new RegistryCommands.Register(Registration("weights")), TestActor);
        var version = ExpectMsg<RegistryAnswers.Registered>(Wait).Version;
        var view = File.ReadAllText(View);
        Watch(registry);
        registry.Tell(PoisonPill.Instance);
        ExpectTerminated(registry, Wait);
        File.Delete(View);

        var next = Start();
        next.Tell(new RegistryQueries.GetVersion(version.Id), TestActor);

        Assert.Equal(version.Digest, ExpectMsg<RegistryAnswers.Found>(Wait).Version!.Digest);
        Assert.Equal(view, File.ReadAllText(View));
    }

    [Fact]
    public void Many_registrations_at_once_get_numbers_without_gaps()
    {
        var registry = Start();

        for (var i = 0; i < 20; i++)
        {
            registry.Tell(new RegistryCommands.Register(Registration($"weights {i}") with
            {
                RunId = $"run {i}",
                Lineage = new Lineage(Digest.Of($"bars {i}"), "test", []),
            }), TestActor);
        }

        var numbers = Enumerable.Range(0, 20)
            .Select(_ => ExpectMsg<RegistryAnswers.Registered>(Wait).Version.Id.Version.Patch);
        Assert.Equal(Enumerable.Range(0, 20), numbers);
    }

    [Fact]
    public void Trials_from_outside_move_from_the_inbox_into_the_journal_and_count_once()
    {
        var inbox = new TrialInbox(Path.Combine(_root, "trials"));
        inbox.Put(Trial("a", .1));
        inbox.Put(Trial("b", null));

        var registry = Start(inbox);
        AwaitAssert(() => Assert.Empty(inbox.List()), Wait);
        inbox.Put(Trial("a", .1));
        inbox.Put(Trial("c", .3));
        registry.Tell(new RegistryCommands.Register(Registration("weights")), TestActor);
        ExpectMsg<RegistryAnswers.Registered>(Wait);
        AwaitAssert(() => Assert.Empty(inbox.List()), Wait);
        Watch(registry);
        registry.Tell(PoisonPill.Instance);
        ExpectTerminated(registry, Wait);

        Start().Tell(new RegistryQueries.GetTrials(Digest.Of("bars")), TestActor);

        var trials = ExpectMsg<RegistryAnswers.Trials>(Wait);
        Assert.Equal(3, trials.Count);
        Assert.Equal(.02, trials.SharpePerBarVariance!.Value, 1e-12);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Directory.Delete(_root, recursive: true);
    }

    private IActorRef Start(TrialInbox? inbox = null) => Sys.ActorOf(RegistryActor.Props(Artifacts, View, inbox));

    private static TrialCounted Trial(string spec, double? sharpe) =>
        new(Digest.Of("bars"), Digest.Of(spec), "rule", "donchian_breakout", sharpe);

    private RegisterVersion Registration(string content) => new()
    {
        Model = ModelName.Parse("cnn_lstm/macd_momentum"),
        Files = [new ArtifactFile(
            "model", Artifacts.Put(System.Text.Encoding.UTF8.GetBytes(content)), content.Length)],
        Lineage = new Lineage(Digest.Of("bars"), "test", []),
        RunId = "run",
        JobId = "cnn_lstm/macd_momentum",
        SpecDigest = Digest.Of("spec"),
        RecipeDigest = Digest.Of("recipe"),
        SignatureDigest = Digest.Of("signature"),
        CreatedAt = DateTimeOffset.UnixEpoch,
        Seed = new Seed(7),
        Metrics = ImmutableSortedDictionary<string, double>.Empty,
    };
}
