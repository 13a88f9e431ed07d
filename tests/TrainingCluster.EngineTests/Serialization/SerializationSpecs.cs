using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Engine = Akka.Serialization.Serialization;

namespace TrainingCluster.EngineTests.Serialization;

public sealed class SerializationSpecs : IDisposable
{
    private readonly List<ActorSystem> _systems = [];

    public void Dispose() => _systems.ForEach(system => system.Terminate().Wait(TimeSpan.FromSeconds(10)));

    [Theory]
    [InlineData("text äöü")]
    [InlineData(42)]
    [InlineData(1L << 40)]
    public void Text_and_whole_numbers_need_no_binding(object value)
    {
        var engine = Start("").Serialization;
        var serializer = engine.FindSerializerFor(value);

        var again = engine.Deserialize(
            engine.Serialize(value), serializer.Identifier, Engine.ManifestFor(serializer, value));

        Assert.Equal(value, again);
        Assert.Equal([1, 2], (byte[])engine.Deserialize(engine.Serialize(new byte[] { 1, 2 }), 4, ""));
    }

    [Fact]
    public void A_type_without_a_binding_is_refused_with_the_key_to_set()
    {
        var engine = Start("").Serialization;

        var error = Assert.Throws<SerializationException>(() => engine.Serialize(new Cat("Tom")));

        Assert.Contains(typeof(Cat).FullName!, error.Message);
        Assert.Contains("akka.actor.serialization-bindings.\"", error.Message);
    }

    [Fact]
    public void The_binding_of_the_most_specific_type_wins()
    {
        var engine = Start(Bindings(("IAnimal", "general"), ("Dog", "special"))).Serialization;

        Assert.Equal(1001, engine.FindSerializerFor(new Cat("Tom")).Identifier);
        Assert.Equal(1002, engine.FindSerializerFor(new Dog("Rex")).Identifier);
        Assert.Equal(1002, engine.FindSerializerFor(new Puppy("Pip")).Identifier);
        Assert.Equal(
            new Dog("Rex"), engine.Deserialize(engine.Serialize(new Dog("Rex")), 1002, "dog"));
    }

    [Fact]
    public void An_identifier_may_come_from_the_configuration()
    {
        var name = TypeName(nameof(Configured));
        var config = $$"""
            akka.actor {
              serializers.configured = "{{name}}"
              serialization-identifiers { "{{name}}" = 77 }
              serialization-settings.configured.prefix = ">"
              serialization-bindings { "{{TypeName("Cat")}}" = configured }
            }
            """;

        var engine = Start(config).Serialization;

        Assert.Equal(77, engine.FindSerializerFor(new Cat("Tom")).Identifier);
        Assert.Equal(">Tom", Encoding.UTF8.GetString(engine.Serialize(new Cat("Tom"))));
    }

    [Fact]
    public void Unknown_names_in_the_settings_are_refused_with_their_key()
    {
        var noClass = Assert.Throws<ConfigurationException>(
            () => Start("akka.actor.serializers.x = \"No.Such, Where\"").Serialization);
        var noType = Assert.Throws<ConfigurationException>(
            () => Start("akka.actor.serialization-bindings { \"No.Such, Where\" = bytes }").Serialization);
        var noName = Assert.Throws<ConfigurationException>(
            () => Start("akka.actor.serialization-bindings { \"System.Guid\" = nothing }").Serialization);

        Assert.Equal("akka.actor.serializers.x is No.Such, Where; no such class was found.", noClass.Message);
        Assert.Contains("No.Such, Where", noType.Message);
        Assert.Contains("is nothing; akka.actor.serializers has no serializer of that name", noName.Message);
    }

    [Fact]
    public void A_reference_survives_as_text_and_leads_to_the_same_incarnation_only()
    {
        var system = Start("");
        var actor = system.ActorOf(Props.Create(() => new Echo()), "echo");

        var text = Engine.SerializedActorPath(actor);

        Assert.Equal(actor, system.Serialization.DeserializeActorRef(text));
        Assert.Contains($"#{actor.Path.Uid}", text);
        Assert.Equal("", Engine.SerializedActorPath(ActorRefs.NoSender));
    }

    public interface IAnimal;

    public sealed record Cat(string Name) : IAnimal;

    public record Dog(string Name) : IAnimal;

    public sealed record Puppy(string Name) : Dog(Name);

    public sealed class General(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => 1001;

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Cat)obj).Name);

        public override object FromBinary(byte[] bytes, string manifest) =>
            new Cat(Encoding.UTF8.GetString(bytes));

        public override string Manifest(object o) => "cat";
    }

    public sealed class Special(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => 1002;

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Dog)obj).Name);

        public override object FromBinary(byte[] bytes, string manifest) =>
            new Dog(Encoding.UTF8.GetString(bytes));

        public override string Manifest(object o) => "dog";
    }

    public sealed class Configured(ExtendedActorSystem system, Config settings) : Serializer(system)
    {
        public override bool IncludeManifest => false;

        public override byte[] ToBinary(object obj) =>
            Encoding.UTF8.GetBytes(settings.GetString("prefix") + ((Cat)obj).Name);

        public override object FromBinary(byte[] bytes, Type? type) =>
            new Cat(Encoding.UTF8.GetString(bytes));
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }

    private static string TypeName(string nested) =>
        $"{typeof(SerializationSpecs).FullName}+{nested}, TrainingCluster.EngineTests";

    private static string Bindings(params (string Type, string Serializer)[] bindings) =>
        $$"""
        akka.actor {
          serializers { general = "{{TypeName("General")}}", special = "{{TypeName("Special")}}" }
          serialization-bindings {
            {{string.Join(", ", bindings.Select(each => $"\"{TypeName(each.Type)}\" = {each.Serializer}"))}}
          }
        }
        """;

    private ActorSystem Start(string config)
    {
        var system = ActorSystem.Create("serial", ConfigurationFactory.ParseString(config).WithFallback(
            ConfigurationFactory.ParseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF")));
        _systems.Add(system);
        return system;
    }
}
