using System.Runtime.Serialization;
using Akka;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Engine = Akka.Serialization.Serialization;

namespace TrainingCluster.EngineTests.Serialization;

public sealed class EngineSerializerSpecs : IDisposable
{
    private readonly ExtendedActorSystem _system = (ExtendedActorSystem)ActorSystem.Create(
        "test", ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }"));

    public void Dispose() => _system.Terminate().Wait(TimeSpan.FromSeconds(10));

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_message_survives(object message)
    {
        var again = RoundTrip(message);

        Assert.Equal(Describe(message), Describe(again));
    }

    [Fact]
    public void Messages_without_fields_stay_the_one_instance_there_is()
    {
        foreach (var message in (object[])[PoisonPill.Instance, Kill.Instance, Done.Instance, NotUsed.Instance])
        {
            Assert.Same(message, RoundTrip(message));
        }
    }

    [Fact]
    public void A_reference_leads_back_to_its_actor()
    {
        var actor = _system.ActorOf(Props.Create(() => new Silent()), "name");

        Assert.Equal(actor, RoundTrip(actor));
        Assert.Equal(new ActorIdentity(1, actor), RoundTrip(new ActorIdentity(1, actor)));
        var identity = (ActorIdentity)RoundTrip(new ActorIdentity(1, ActorRefs.Nobody));
        Assert.Equal(ActorRefs.Nobody, identity.Subject);
        Assert.Null(((ActorIdentity)RoundTrip(new ActorIdentity(1, null))).Subject);
    }

    [Fact]
    public void A_failure_of_a_type_nobody_tells_apart_keeps_its_name_and_text_over_many_nodes()
    {
        var once = (Status.Failure)RoundTrip(new Status.Failure(new InvalidCastException("why"), 3));
        var twice = (Status.Failure)RoundTrip(once);

        Assert.Equal("System.InvalidCastException: why", once.Cause.Message);
        Assert.Equal(once.Cause.Message, twice.Cause.Message);
        Assert.Equal(3, twice.State);
    }

    [Fact]
    public void Every_type_has_one_serializer_and_one_name()
    {
        var contracts = EngineSerializers.Create(_system)
            .SelectMany(serializer => serializer.Contracts, (serializer, contract) => (serializer, contract))
            .ToList();

        Assert.Distinct(contracts.Select(entry => entry.contract.Type));
        Assert.Distinct(EngineSerializers.Create(_system).Select(serializer => serializer.Identifier));
        Assert.All(contracts, entry => Assert.Equal(
            entry.serializer.Identifier,
            _system.Serialization.FindSerializerForType(entry.contract.Type).Identifier));
    }

    [Fact]
    public void The_names_are_those_of_the_checked_in_list()
    {
        var names = EngineSerializers.Create(_system).SelectMany(
            serializer => serializer.Contracts,
            (serializer, contract) => $"{serializer.Identifier} {contract.Manifest} {contract.Type.FullName}");

        Assert.Equal(EngineMessages.All, names);
    }

    [Fact]
    public void Whatever_the_bytes_are_reading_ends_in_a_message_or_a_SerializationException()
    {
        var random = new Random(1);
        foreach (var serializer in EngineSerializers.Create(_system))
        {
            foreach (var (manifest, _) in serializer.Contracts)
            {
                for (var i = 0; i < 2000; i++)
                {
                    var bytes = new byte[random.Next(60)];
                    random.NextBytes(bytes);
                    // Small numbers are the ones that mean something.
                    bytes = [.. bytes.Select((value, at) => at % 2 == 0 ? (byte)(value % 4) : value)];
                    Survive(serializer, bytes, manifest);
                }
            }
        }
    }

    [Fact]
    public void Messages_inside_of_messages_end_at_a_depth()
    {
        object message = "innermost";
        for (var depth = 0; depth < 1000; depth++)
        {
            message = new Status.Success(message);
        }

        var bytes = _system.Serialization.Serialize(message);

        Assert.Throws<SerializationException>(() => _system.Serialization.Deserialize(bytes, 16, "success"));
    }

    public static TheoryData<object> Messages() =>
    [
        true, false, 1.25, "text", 7, 1L << 40,
        new Identify(null), new Identify("id"), new Identify(Guid.Empty.ToString()),
        new ActorIdentity(5, null),
        Status.Success.Instance, new Status.Success(42), new Status.Success(new Status.Success(true)),
        new Status.Failure(new TimeoutException("late")),
        new Status.Failure(new AskTimeoutException("late"), "state"),
        new Status.Failure(new ArgumentException("bad")),
        new ActorSelectionMessage(
            "hello", [new SelectChildName("user"), new SelectChildPattern("a*"), new SelectParent()], true),
    ];

    private object RoundTrip(object message)
    {
        var serializer = _system.Serialization.FindSerializerFor(message);
        return _system.Serialization.Deserialize(
            serializer.ToBinary(message), serializer.Identifier, Engine.ManifestFor(serializer, message));
    }

    private static string Describe(object? message) => message switch
    {
        Status.Success success => $"success({Describe(success.Status)})",
        Status.Failure failure =>
            $"failure({failure.Cause.GetType()}, {failure.Cause.Message}, {Describe(failure.State)})",
        ActorSelectionMessage selection => $"{selection} {selection.WildCardFanOut} "
            + string.Join(", ", selection.Elements.Select(element => element.GetType().Name)),
        _ => $"{message?.GetType()} {message}",
    };

    private static void Survive(EngineSerializer serializer, byte[] bytes, string manifest)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            serializer.FromBinary(bytes, manifest);
        }
        catch (SerializationException)
        {
            // Refused.
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    private sealed class Silent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
