using Akka.Actor;
using Akka.Persistence;
using static TrainingCluster.EngineTests.Persistence.PersistenceHarness;
using Run = TrainingCluster.EngineTests.Persistence.ScriptedActor.Run;

namespace TrainingCluster.EngineTests.Persistence;

public sealed class PersistSpecs : IDisposable
{
    private readonly PersistenceHarness _harness = new();

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData(Memory)]
    [InlineData(Sqlite)]
    public async Task An_actor_gets_its_events_back_in_order_before_any_command(string store)
    {
        var system = _harness.Start(store);
        var first = system.ActorOf(ScriptedActor.Props("a", Transcript));
        first.Tell(new Run(actor => "abc".ToList().ForEach(c => actor.Store(c.ToString()))));
        Transcript.Expect("recovered  at 0", "handled a", "handled b", "handled c");
        await Stop(first);

        var second = system.ActorOf(ScriptedActor.Props("a", Transcript));
        second.Tell("early");

        Transcript.Expect("stopped", "recovered abc at 3", "command early");
    }

    [Theory]
    [InlineData(Memory)]
    [InlineData(Sqlite)]
    public void Commands_wait_until_the_handlers_of_what_was_persisted_have_run(string store)
    {
        var actor = _harness.Start(store).ActorOf(ScriptedActor.Props("a", Transcript));

        actor.Tell(new Run(self =>
        {
            self.Store("1");
            self.Store("2");
            self.Persist("3", text =>
            {
                self.Apply(text);
                self.Store("nested");
            });
            self.Say("command over");
        }));
        actor.Tell("next");

        Transcript.Expect(
            "recovered  at 0", "command over",
            "handled 1", "handled 2", "handled 3", "handled nested",
            "command next");
    }

    [Fact]
    public async Task Persisting_asynchronously_lets_commands_in_but_keeps_the_handlers_in_order()
    {
        var system = _harness.Start();
        var actor = system.ActorOf(ScriptedActor.Props("a", Transcript));
        Transcript.Expect("recovered  at 0");
        using var gate = new ManualResetEventSlim();

        actor.Tell(new Run(self =>
        {
            self.PersistAsync("1", self.Apply);
            self.DeferAsync("deferred", text => self.Say($"{text} after {self.State}"));
            self.PersistAsync("2", self.Apply);
            self.DeferAsync("end", text => self.Say(text));
        }));
        actor.Tell(new Run(self => self.Answer(self.State)));
        var lines = Enumerable.Range(0, 4).Select(_ => Transcript.Next()).ToList();

        Assert.Equal(["handled 1", "deferred after 1", "handled 2", "end"], lines);
        await Stop(actor);
        system.ActorOf(ScriptedActor.Props("a", Transcript));
        Transcript.Expect("stopped", "recovered 12 at 2");
    }

    [Fact]
    public void A_deferred_handler_with_nothing_before_it_runs_at_once()
    {
        var actor = _harness.Start(Memory).ActorOf(ScriptedActor.Props("a", Transcript));

        actor.Tell(new Run(self =>
        {
            self.DeferAsync("x", text => self.Say($"deferred {text}"));
            self.Say("command over");
        }));

        Transcript.Expect("recovered  at 0", "deferred x", "command over");
    }

    [Fact]
    public async Task A_handler_runs_with_the_sender_of_its_command()
    {
        var actor = _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));

        var answer = await actor.Ask<string>(
            new Run(self => self.Persist("x", text => self.Answer($"stored {text}"))),
            TimeSpan.FromSeconds(10));

        Assert.Equal("stored x", answer);
    }

    [Fact]
    public async Task What_the_actor_stashes_comes_back_before_commands_that_waited_for_the_journal()
    {
        var actor = _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));
        Transcript.Expect("recovered  at 0");

        actor.Tell(new Run(self =>
        {
            if (self.State == "")
            {
                self.KeepForLater();
            }
            else
            {
                self.Say("stashed command");
            }
        }));
        actor.Tell(new Run(self => self.Persist("1", text =>
        {
            self.Apply(text);
            self.TakeBack();
        })));
        actor.Tell("waited");

        Transcript.Expect("handled 1", "stashed command", "command waited");
        await Stop(actor);
    }

    [Fact]
    public void Persisting_while_events_are_replayed_is_refused()
    {
        var system = _harness.Start(Memory);

        var actor = system.ActorOf(Props.Create(() => new EagerActor(Transcript)));

        actor.Tell("go");
        Transcript.Expect("persisted");
        system.ActorOf(Props.Create(() => new EagerActor(Transcript)));
        Assert.Contains("cannot persist while it is replayed", Transcript.Next());
    }

    [Theory]
    [InlineData(Memory)]
    [InlineData(Sqlite)]
    public async Task Deleted_events_are_not_replayed_and_their_numbers_are_never_given_again(string store)
    {
        var system = _harness.Start(store);
        var actor = system.ActorOf(ScriptedActor.Props("a", Transcript));
        actor.Tell(new Run(self => self.PersistAll(["1", "2", "3"], self.Apply)));
        Transcript.Expect("recovered  at 0", "handled 1", "handled 2", "handled 3");

        actor.Tell(new Run(self => self.DeleteMessages(7)));
        Transcript.Expect(
            "not deleted to 7: toSequenceNr is 7; it must be less than or equal to LastSequenceNr, 3, or "
            + "long.MaxValue for all.");
        actor.Tell(new Run(self => self.DeleteMessages(2)));
        Transcript.Expect("deleted to 2");
        await Stop(actor);
        actor = system.ActorOf(ScriptedActor.Props("a", Transcript));
        Transcript.Expect("stopped", "recovered 3 at 3");
        actor.Tell(new Run(self => self.DeleteMessages(long.MaxValue)));
        Transcript.Expect("deleted to 3");
        await Stop(actor);
        actor = system.ActorOf(ScriptedActor.Props("a", Transcript));
        actor.Tell(new Run(self => self.Persist("4", _ => self.Say($"stored as {self.LastSequenceNr}"))));

        Transcript.Expect("stopped", "recovered  at 3", "stored as 4");
    }

    [Fact]
    public void Recovery_may_stop_early_or_leave_out_everything()
    {
        var system = _harness.Start();
        var actor = system.ActorOf(ScriptedActor.Props("a", Transcript));
        actor.Tell(new Run(self => self.PersistAll(["1", "2", "3"], self.Apply)));
        Transcript.Expect("recovered  at 0", "handled 1", "handled 2", "handled 3");

        system.ActorOf(ScriptedActor.Props("a", Transcript, new Recovery(toSequenceNr: 2)));
        Transcript.Expect("recovered 12 at 3");
        system.ActorOf(ScriptedActor.Props("a", Transcript, Recovery.None));

        Transcript.Expect("recovered  at 3");
    }

    private sealed class EagerActor(Transcript transcript) : UntypedPersistentActor
    {
        public override string PersistenceId => "eager";

        protected override void OnCommand(object message) => Persist(
            "event", _ => transcript.Add("persisted"));

        protected override void OnRecover(object message)
        {
            if (message is string)
            {
                Persist("again", _ => { });
            }
        }

        protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
            transcript.Add(reason.Message);
    }
}
