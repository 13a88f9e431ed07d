using Akka.Actor;
using Akka.Persistence;
using static TrainingCluster.EngineTests.Persistence.PersistenceHarness;
using Run = TrainingCluster.EngineTests.Persistence.ScriptedActor.Run;

namespace TrainingCluster.EngineTests.Persistence;

public sealed class SnapshotSpecs : IDisposable
{
    private readonly PersistenceHarness _harness = new();

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData(Memory)]
    [InlineData(Sqlite)]
    public async Task Recovery_begins_with_the_latest_snapshot_and_replays_only_what_is_newer(string store)
    {
        var system = _harness.Start(store);
        var actor = system.ActorOf(ScriptedActor.Props("a", Transcript));
        actor.Tell(new Run(self => self.Store("1")));
        actor.Tell(new Run(self => self.SaveSnapshot(self.State)));
        actor.Tell(new Run(self => self.Store("2")));
        actor.Tell(new Run(self => self.SaveSnapshot(self.State)));
        Transcript.Expect("recovered  at 0");
        var lines = Enumerable.Range(0, 4).Select(_ => Transcript.Next()).Order();
        Assert.Equal(["handled 1", "handled 2", "saved 1", "saved 2"], lines);
        actor.Tell(new Run(self => self.Store("3")));
        Transcript.Expect("handled 3");
        await Stop(actor);

        system.ActorOf(ScriptedActor.Props("a", Transcript));
        Transcript.Expect("stopped", "snapshot 12 at 2", "recovered 123 at 3");
        system.ActorOf(ScriptedActor.Props("a", Transcript, new Recovery(new SnapshotSelectionCriteria(1))));

        Transcript.Expect("snapshot 1 at 1", "recovered 123 at 3");
    }

    [Theory]
    [InlineData(Memory)]
    [InlineData(Sqlite)]
    public void Deleted_snapshots_are_not_offered(string store)
    {
        var system = _harness.Start(store);
        var actor = system.ActorOf(ScriptedActor.Props("a", Transcript));
        foreach (var text in (string[])["1", "2", "3"])
        {
            actor.Tell(new Run(self => self.Store(text)));
            actor.Tell(new Run(self => self.SaveSnapshot(self.State)));
        }

        Assert.Equal(7, Enumerable.Range(0, 7).Select(_ => Transcript.Next()).Count());
        actor.Tell(new Run(self => self.DeleteSnapshot(3)));
        Transcript.Expect("deleted snapshots");
        system.ActorOf(ScriptedActor.Props("a", Transcript));
        Transcript.Expect("snapshot 12 at 2", "recovered 123 at 3");

        var last = system.ActorOf(ScriptedActor.Props("a", Transcript));
        Transcript.Expect("snapshot 12 at 2", "recovered 123 at 3");
        last.Tell(new Run(self => self.DeleteSnapshots(SnapshotSelectionCriteria.Latest)));
        Transcript.Expect("deleted snapshots");
        system.ActorOf(ScriptedActor.Props("a", Transcript));

        Transcript.Expect("recovered 123 at 3");
    }

    [Fact]
    public void A_snapshot_that_cannot_be_saved_leaves_the_actor_alive()
    {
        var actor = _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));

        actor.Tell(new Run(self => self.SaveSnapshot(new Unknown())));

        Transcript.Expect("recovered  at 0");
        Assert.StartsWith("not saved 0: No serializer takes", Transcript.Next());
        actor.Tell("alive");
        Transcript.Expect("command alive");
    }

    [Fact]
    public void Without_a_snapshot_store_actors_recover_from_their_events()
    {
        var system = _harness.Start(Sqlite, "akka.persistence.snapshot-store.plugin = \"\"");
        var actor = system.ActorOf(ScriptedActor.Props("a", Transcript));

        actor.Tell(new Run(self => self.Store("1")));
        actor.Tell(new Run(self => self.SaveSnapshot(self.State)));

        Transcript.Expect(
            "recovered  at 0",
            "handled 1",
            "not saved 1: No snapshot store configured; set akka.persistence.snapshot-store.plugin.");
    }

    private sealed record Unknown;
}
