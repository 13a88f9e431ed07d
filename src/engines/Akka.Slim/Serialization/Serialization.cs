using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>
/// The serializers of one actor system: <c>akka.actor.serializers</c> names their classes and
/// <c>akka.actor.serialization-bindings</c> says which takes which types; the most specific type wins. Bytes,
/// strings and whole numbers need no binding; nothing else is guessed.
/// </summary>
public class Serialization
{
    private const string SerializersKey = "akka.actor.serializers";
    private const string BindingsKey = "akka.actor.serialization-bindings";
    private const string SettingsKey = "akka.actor.serialization-settings";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Serializer> _byName = [];
    private readonly ConcurrentDictionary<int, Serializer> _byId = new();
    private readonly ConcurrentDictionary<Type, Serializer> _byType = new();
    private readonly List<(Type Type, Serializer Serializer)> _bindings = [];

    /// <exception cref="ConfigurationException">
    /// A class, type or name in the settings does not exist.
    /// </exception>
    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        AddDefaults();
        AddConfigured();
    }

    public ExtendedActorSystem System { get; }

    /// <summary>What must be stored beside the bytes so that the serializer can read them.</summary>
    public static string ManifestFor(Serializer s, object msg) => s switch
    {
        SerializerWithStringManifest named => named.Manifest(msg),
        { IncludeManifest: true } => TypeManifest(msg.GetType()),
        _ => "",
    };

    /// <summary>
    /// A reference as text that leads to the same incarnation from any node; empty for none.
    /// </summary>
    public static string SerializedActorPath(IActorRef? actorRef)
    {
        if (actorRef is null || actorRef.IsNobody())
        {
            return "";
        }

        return actorRef is IInternalActorRef known
            ? actorRef.Path.ToSerializationFormatWithAddress(known.Provider.DefaultAddress)
            : actorRef.Path.ToSerializationFormat();
    }

    /// <summary>
    /// The reference of a <see cref="SerializedActorPath"/>; dead letters where nobody is there any more.
    /// </summary>
    public IActorRef DeserializeActorRef(string path) => System.Provider.ResolveActorRef(path);

    public void AddSerializer(string name, Serializer serializer)
    {
        lock (_lock)
        {
            _byName[name] = serializer;
        }

        if (_byId.TryGetValue(serializer.Identifier, out var other)
            && other.GetType() != serializer.GetType())
        {
            throw new ConfigurationException(
                $"The serializers {serializer.GetType()} and {other.GetType()} both have identifier "
                + $"{serializer.Identifier}; each must have its own.");
        }

        _byId[serializer.Identifier] = serializer;
    }

    /// <summary>Binds a type, and those derived from it, to a serializer.</summary>
    public void AddSerializationMap(Type type, Serializer serializer)
    {
        lock (_lock)
        {
            _bindings.RemoveAll(binding => binding.Type == type);
            _bindings.Add((type, serializer));
        }

        _byType.Clear();
    }

    public byte[] Serialize(object o) => FindSerializerFor(o).ToBinary(o);

    /// <exception cref="SerializationException">
    /// There is no such serializer, or it cannot read the bytes.
    /// </exception>
    public object Deserialize(byte[] bytes, int serializerId, Type? type) =>
        SerializerOf(serializerId, type?.ToString() ?? "").FromBinary(bytes, type);

    /// <exception cref="SerializationException">There is no such serializer, or no such type.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        var serializer = SerializerOf(serializerId, manifest);
        if (serializer is SerializerWithStringManifest named)
        {
            return named.FromBinary(bytes, manifest);
        }

        if (string.IsNullOrEmpty(manifest))
        {
            return serializer.FromBinary(bytes, null);
        }

        var type = TypeLookup.Find(manifest) ?? throw new SerializationException(
            $"The type {manifest} was not found; serializer {serializer.GetType()} needs it to read "
            + "what was written.");
        return serializer.FromBinary(bytes, type);
    }

    /// <exception cref="SerializationException">No binding fits the object's type.</exception>
    public Serializer FindSerializerFor(object obj, string? defaultSerializerName = null) =>
        FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <exception cref="SerializationException">No binding fits the type.</exception>
    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null)
    {
        if (_byType.TryGetValue(objectType, out var known))
        {
            return known;
        }

        if (MostSpecific(objectType) is { } bound)
        {
            return _byType[objectType] = bound;
        }

        return defaultSerializerName is not null && Named(defaultSerializerName) is { } named
            ? named
            : throw new SerializationException(
                $"No serializer takes {objectType}; bind it, a base class or an interface of it: "
                + $"{BindingsKey}.\"{TypeManifest(objectType)}\" = <name from {SerializersKey}>.");
    }

    internal static string TypeManifest(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    /// <exception cref="SerializationException">There is none.</exception>
    internal Serializer SerializerOf(int identifier, string manifest) =>
        _byId.TryGetValue(identifier, out var serializer)
            ? serializer
            : throw new SerializationException(
                $"No serializer has identifier {identifier} (manifest \"{manifest}\"); what was written "
                + $"needs it in {SerializersKey}.");

    private Serializer? Named(string name)
    {
        lock (_lock)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    private Serializer? MostSpecific(Type type)
    {
        lock (_lock)
        {
            var fitting = _bindings.Where(binding => binding.Type.IsAssignableFrom(type)).ToList();
            var best = fitting.Find(binding => fitting.TrueForAll(
                other => other.Type == binding.Type || !binding.Type.IsAssignableFrom(other.Type)));
            return best.Serializer;
        }
    }

    private void AddDefaults()
    {
        var bytes = new ByteArraySerializer(System);
        var primitives = new PrimitiveSerializers(System);
        AddSerializer("bytes", bytes);
        AddSerializer("primitive", primitives);
        AddSerializationMap(typeof(byte[]), bytes);
        foreach (var type in (Type[])[typeof(string), typeof(int), typeof(long)])
        {
            AddSerializationMap(type, primitives);
        }

        foreach (var own in EngineSerializers.Create(System))
        {
            AddSerializer($"engine-{own.Identifier}", own);
            foreach (var (_, type) in own.Contracts)
            {
                AddSerializationMap(type, own);
            }
        }
    }

    private void AddConfigured()
    {
        var config = System.Settings.Config;
        foreach (var (name, value) in config.GetConfig(SerializersKey)?.AsEnumerable() ?? [])
        {
            var className = value.GetString() ?? "";
            var type = TypeLookup.Find(className) ?? throw new ConfigurationException(
                $"{SerializersKey}.{name} is {className}; no such class was found.");
            AddSerializer(name, Make(type, config.GetConfig($"{SettingsKey}.{name}")));
        }

        foreach (var (typeName, value) in config.GetConfig(BindingsKey)?.AsEnumerable() ?? [])
        {
            var name = value.GetString() ?? "";
            var type = TypeLookup.Find(typeName) ?? throw new ConfigurationException(
                $"{BindingsKey} binds {typeName}; no such type was found.");
            AddSerializationMap(type, Named(name) ?? throw new ConfigurationException(
                $"{BindingsKey}.\"{typeName}\" is {name}; {SerializersKey} has no serializer of that name."));
        }
    }

    private Serializer Make(Type type, Config? settings)
    {
        var takesSettings = settings is not null
            && type.GetConstructor([typeof(ExtendedActorSystem), typeof(Config)]) is not null;
        return (Serializer)(takesSettings
            ? Activator.CreateInstance(type, System, settings)
            : Activator.CreateInstance(type, System))!;
    }
}
