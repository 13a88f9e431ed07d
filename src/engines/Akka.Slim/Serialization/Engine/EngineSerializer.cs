using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Serialization;

/// <summary>
/// A serializer of the engine's own messages: each type is added in the constructor with its manifest, which
/// is its name for ever, and with the functions that write and read its fields. New fields go to the end;
/// readers ignore what follows the fields they know.
/// </summary>
internal abstract class EngineSerializer(ExtendedActorSystem system, int identifier)
    : SerializerWithStringManifest(system)
{
    private readonly Dictionary<string, Contract> _byManifest = new(StringComparer.Ordinal);
    private readonly List<Contract> _contracts = [];

    public sealed override int Identifier => identifier;

    /// <summary>The manifests with their types, in the order they were added.</summary>
    public IEnumerable<(string Manifest, Type Type)> Contracts =>
        _contracts.Select(contract => (contract.Manifest, contract.Type));

    public sealed override string Manifest(object o) => Of(o).Manifest;

    public sealed override byte[] ToBinary(object obj)
    {
        var writer = new MessageWriter(system);
        Of(obj).Write(writer, obj);
        return writer.ToArray();
    }

    /// <exception cref="SerializationException">
    /// The manifest is unknown, or the bytes are not of it.
    /// </exception>
    public sealed override object FromBinary(byte[] bytes, string manifest) =>
        Read(new MessageReader(system, bytes), manifest);

    /// <exception cref="SerializationException">As above.</exception>
    public object Read(MessageReader reader, string manifest) =>
        _byManifest.TryGetValue(manifest, out var contract)
            ? contract.Read(reader)
            : throw new SerializationException(
                $"{GetType().Name} does not know the manifest \"{manifest}\".");

    protected void Add<T>(string manifest, Action<MessageWriter, T> write, Func<MessageReader, T> read)
        where T : notnull
    {
        var contract = new Contract(
            manifest, typeof(T), (writer, message) => write(writer, (T)message), reader => read(reader));
        _byManifest.Add(manifest, contract);
        _contracts.Add(contract);
    }

    /// <summary>A message without fields.</summary>
    protected void Add<T>(string manifest, T instance)
        where T : notnull => Add(manifest, (_, _) => { }, _ => instance);

    private Contract Of(object message) =>
        _contracts.Find(contract => contract.Type == message.GetType())
        ?? _contracts.Find(contract => contract.Type.IsInstanceOfType(message))
        ?? throw new SerializationException($"{GetType().Name} does not take {message.GetType()}.");

    private sealed record Contract(
        string Manifest, Type Type, Action<MessageWriter, object> Write, Func<MessageReader, object> Read);
}
