using System.Text;
using Akka.Actor;

namespace Akka.Serialization;

/// <summary>
/// Writes the parts of an engine message one after the other. References become text that leads to the same
/// incarnation from any node; what users send is written by its own serializer.
/// </summary>
internal sealed class ProtocolWriter(ExtendedActorSystem system)
{
    private readonly MemoryStream _bytes = new();

    public byte[] ToArray() => _bytes.ToArray();

    public ProtocolWriter Flag(bool value)
    {
        _bytes.WriteByte(value ? (byte)1 : (byte)0);
        return this;
    }

    /// <summary>As few bytes as the number needs; for negative ones, ten.</summary>
    public ProtocolWriter Number(long value)
    {
        for (var rest = (ulong)value; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                _bytes.WriteByte((byte)rest);
                return this;
            }

            _bytes.WriteByte((byte)(rest | 0x80));
        }
    }

    public ProtocolWriter Text(string value) => Block(Encoding.UTF8.GetBytes(value));

    public ProtocolWriter Texts(IReadOnlyCollection<string> values) =>
        List(values, static (writer, value) => writer.Text(value));

    public ProtocolWriter List<T>(IReadOnlyCollection<T> values, Action<ProtocolWriter, T> write)
    {
        Number(values.Count);
        foreach (var value in values)
        {
            write(this, value);
        }

        return this;
    }

    public ProtocolWriter Reference(IActorRef? value) => Text(Serialization.SerializedActorPath(value));

    /// <exception cref="System.Runtime.Serialization.SerializationException">
    /// No serializer takes it.
    /// </exception>
    public ProtocolWriter Payload(object value)
    {
        var serializer = system.Serialization.FindSerializerFor(value);
        return Number(serializer.Identifier)
            .Text(Serialization.ManifestFor(serializer, value))
            .Block(serializer.ToBinary(value));
    }

    private ProtocolWriter Block(byte[] value)
    {
        Number(value.Length);
        _bytes.Write(value);
        return this;
    }
}
