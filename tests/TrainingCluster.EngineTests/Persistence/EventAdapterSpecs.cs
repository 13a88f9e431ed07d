using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Journal;

namespace TrainingCluster.EngineTests.Persistence;

public sealed class EventAdapterSpecs : IDisposable
{
    private readonly PersistenceHarness _harness = new();

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Events_are_stored_in_the_form_of_their_adapter_and_come_back_as_those_of_the_code()
    {
        var system = _harness.Start(PersistenceHarness.Memory, Bound("System.String", nameof(Doubling)));
        var actor = system.ActorOf(ScriptedActor.Props("a", Transcript));
        Transcript.Expect("recovered  at 0");

        actor.Tell(new ScriptedActor.Run(self => self.Store("x")));
        Transcript.Expect("handled x");
        await PersistenceHarness.Stop(actor);
        Transcript.Expect("stopped");
        system.ActorOf(ScriptedActor.Props("a", Transcript));

        Transcript.Expect("recovered <x><x> at 1");
    }

    [Fact]
    public async Task An_adapter_may_leave_events_out_whose_numbers_stay_taken()
    {
        var system = _harness.Start(PersistenceHarness.Memory, Bound("System.String", nameof(Forgetting)));
        var actor = system.ActorOf(ScriptedActor.Props("a", Transcript));
        Transcript.Expect("recovered  at 0");
        actor.Tell(new ScriptedActor.Run(self => self.Store("x")));
        Transcript.Expect("handled x");
        await PersistenceHarness.Stop(actor);
        Transcript.Expect("stopped");

        system.ActorOf(ScriptedActor.Props("a", Transcript));

        Transcript.Expect("recovered  at 1");
    }

    [Fact]
    public void The_binding_of_the_most_specific_class_counts()
    {
        var system = (ExtendedActorSystem)_harness.Start(PersistenceHarness.Memory);
        var adapters = EventAdapters.Create(system, ConfigurationFactory.ParseString(
            $$"""
            event-adapters {
              {{Definition(nameof(Doubling))}}
              {{Definition(nameof(Forgetting))}}
            }
            event-adapter-bindings {
              "System.Object" = Forgetting
              "System.String" = Doubling
            }
            """));

        Assert.IsType<Doubling>(adapters.Get<string>());
        Assert.Empty(adapters.Get<int>().FromJournal(1, "").Events);
    }

    [Fact]
    public void A_binding_to_an_adapter_that_is_not_defined_is_refused_by_name()
    {
        var system = (ExtendedActorSystem)_harness.Start(PersistenceHarness.Memory);

        var error = Assert.Throws<ArgumentException>(() => EventAdapters.Create(
            system, ConfigurationFactory.ParseString("event-adapter-bindings.\"System.String\" = missing")));

        Assert.Contains("missing", error.Message);
    }

    [Fact]
    public void What_plugins_were_told_can_be_seen_on_the_event_stream()
    {
        var system = _harness.Start(
            PersistenceHarness.Memory, "akka.persistence.publish-plugin-commands = on");
        using var inbox = Inbox.Create(system);
        system.EventStream.Subscribe(inbox.Receiver, typeof(Akka.Persistence.ReplayMessages));

        system.ActorOf(ScriptedActor.Props("seen", Transcript));

        var request = Assert.IsType<Akka.Persistence.ReplayMessages>(inbox.Receive());
        Assert.Equal("seen", request.PersistenceId);
    }

    private static string Bound(string type, string adapter) =>
        $$"""
        akka.persistence.journal.inmem {
          event-adapters { {{Definition(adapter)}} }
          event-adapter-bindings { "{{type}}" = {{adapter}} }
        }
        """;

    private static string Definition(string adapter) =>
        $"{adapter} = \"{typeof(EventAdapterSpecs).FullName}+{adapter}, "
        + $"{typeof(EventAdapterSpecs).Assembly.GetName().Name}\"";

    public sealed class Doubling : IEventAdapter
    {
        public string Manifest(object evt) => "doubled";

        public object ToJournal(object evt) => $"<{evt}>";

        public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Create(evt, evt);
    }

    public sealed class Forgetting : IReadEventAdapter
    {
        public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Empty;
    }
}
