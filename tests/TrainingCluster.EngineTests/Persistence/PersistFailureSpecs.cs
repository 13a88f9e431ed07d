using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.Persistence.Snapshot;
using static TrainingCluster.EngineTests.Persistence.PersistenceHarness;
using Run = TrainingCluster.EngineTests.Persistence.ScriptedActor.Run;

namespace TrainingCluster.EngineTests.Persistence;

public sealed class PersistFailureSpecs : IDisposable
{
    private readonly PersistenceHarness _harness = new();

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void A_failed_write_stops_the_actor_whatever_its_supervisor_says()
    {
        var system = _harness.Start(Memory, Using<FailingJournal>());
        var actor = system.ActorOf(ScriptedActor.Props("a", Transcript));

        actor.Tell(new Run(self => self.Store("break")));

        Transcript.Expect("recovered  at 0", "failed break at 1: disk on fire", "stopped");
    }

    [Fact]
    public void A_rejected_event_leaves_the_state_unchanged_and_the_actor_alive()
    {
        var actor = _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));

        actor.Tell(new Run(self =>
        {
            self.Persist(new Unknown(), _ => self.Say("must not be handled"));
            self.Store("good");
        }));
        actor.Tell("next");

        Transcript.Expect("recovered  at 0");
        var rejection = Transcript.Next();
        Assert.StartsWith("rejected at 1: No serializer takes", rejection);
        Assert.Contains("akka.actor.serialization-bindings", rejection);
        Transcript.Expect("handled good", "command next");
    }

    [Fact]
    public void A_throw_while_an_event_is_replayed_stops_the_actor()
    {
        var system = _harness.Start();
        var actor = system.ActorOf(ScriptedActor.Props("a", Transcript));
        actor.Tell(new Run(self => self.Store("poison")));
        Transcript.Expect("recovered  at 0", "handled poison");

        system.ActorOf(ScriptedActor.Props("a", Transcript));

        Transcript.Expect("not recovered: poisoned event", "stopped");
    }

    [Fact]
    public void An_actor_whose_journal_does_not_answer_gives_up_and_stops()
    {
        var system = _harness.Start(
            Memory, Using<SilentJournal>()
                + "\nakka.persistence.journal.test.recovery-event-timeout = 200ms");

        system.ActorOf(ScriptedActor.Props("a", Transcript));

        Assert.StartsWith("not recovered: a got no event within 0.2 s", Transcript.Next());
        Transcript.Expect("stopped");
    }

    [Fact]
    public void A_restarted_actor_recovers_again_before_the_commands_that_wait()
    {
        var actor = _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));
        actor.Tell(new Run(self => self.Store("1")));
        Transcript.Expect("recovered  at 0", "handled 1");

        actor.Tell(new Run(_ => throw new InvalidOperationException("bug")));
        actor.Tell("next");

        Transcript.Expect("stopped", "recovered 1 at 1", "command next");
    }

    [Fact]
    public void No_more_than_the_configured_number_of_actors_recover_at_a_time()
    {
        var system = _harness.Start(
            Memory, Using<SilentJournal>() + "\nakka.persistence.max-concurrent-recoveries = 2");
        var actors = Enumerable.Range(0, 4)
            .ToDictionary(
                i => $"a{i}", i => system.ActorOf(Props.Create(() => new AskingActor($"a{i}", Transcript))));

        var first = Transcript.Next();
        var second = Transcript.Next();
        Thread.Sleep(100);
        Transcript.ExpectNothingMore();
        system.Stop(actors[first]);
        system.Stop(actors[second]);
        var later = new[] { Transcript.Next(), Transcript.Next() };

        Assert.Equal(["a0", "a1", "a2", "a3"], later.Append(first).Append(second).Order());
    }

    [Fact]
    public void A_missing_plugin_fails_the_start_with_its_path()
    {
        var system = _harness.Start(
            Memory, "akka.persistence.journal.plugin = akka.persistence.journal.nowhere");
        var parent = system.ActorOf(Props.Create(() => new Parent(Transcript)));

        parent.Tell("start");

        Assert.Contains("akka.persistence.journal.nowhere", Transcript.Next());
    }

    [Fact]
    public void The_breaker_lets_calls_fail_at_once_after_too_many_failures()
    {
        var system = _harness.Start(
            Memory, Using<FailingJournal>()
                + "\nakka.persistence.journal.test.circuit-breaker.max-failures = 2");
        var broken = Enumerable.Range(0, 2)
            .Select(i => system.ActorOf(ScriptedActor.Props($"a{i}", Transcript))).ToList();
        Transcript.Expect("recovered  at 0", "recovered  at 0");
        foreach (var actor in broken)
        {
            actor.Tell(new Run(self => self.Store("break")));
            Transcript.Expect("failed break at 1: disk on fire", "stopped");
        }

        system.ActorOf(ScriptedActor.Props("b", Transcript));

        Assert.StartsWith("not recovered: Circuit Breaker is open", Transcript.Next());
    }

    private static string Using<T>() =>
        $$"""
        akka.persistence.journal.plugin = "akka.persistence.journal.test"
        akka.persistence.journal.test.class = "{{typeof(T).FullName}}, {{typeof(T).Assembly.GetName().Name}}"
        """;

    public sealed class FailingJournal : MemoryJournal
    {
        protected override Task<IImmutableList<Exception?>?> WriteMessagesAsync(
            IEnumerable<AtomicWrite> messages) =>
            Task.FromException<IImmutableList<Exception?>?>(new IOException("disk on fire"));
    }

    public sealed class SilentJournal : MemoryJournal
    {
        public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
            new TaskCompletionSource<long>().Task;
    }

    private sealed record Unknown;

    /// <summary>Says when it is allowed to recover.</summary>
    private sealed class AskingActor(string id, Transcript transcript) : UntypedPersistentActor
    {
        public override string PersistenceId => id;

        protected override void OnCommand(object message)
        {
        }

        protected override void OnRecover(object message)
        {
        }

        protected internal override bool AroundReceive(Receive receive, object message)
        {
            if (message is LoadSnapshotResult)
            {
                transcript.Add(id);
            }

            return base.AroundReceive(receive, message);
        }
    }

    private sealed class Parent(Transcript transcript) : UntypedActor
    {
        protected override void OnReceive(object message) =>
            Context.ActorOf(ScriptedActor.Props("child", transcript));

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
        {
            transcript.Add(cause.ToString());
            return Directive.Stop;
        });
    }
}
