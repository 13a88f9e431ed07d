using System.Buffers.Binary;
using System.Text;
using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Text as UTF-8, whole numbers in little-endian order.</summary>
internal sealed class PrimitiveSerializers(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string StringManifest = "S";
    private const string Int32Manifest = "I";
    private const string Int64Manifest = "L";

    public override int Identifier => 17;

    public override string Manifest(object o) => o switch
    {
        string => StringManifest,
        int => Int32Manifest,
        long => Int64Manifest,
        _ => throw Unknown(o.GetType().ToString()),
    };

    public override byte[] ToBinary(object obj)
    {
        switch (obj)
        {
            case string text:
                return Encoding.UTF8.GetBytes(text);
            case int number:
                var four = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32LittleEndian(four, number);
                return four;
            case long number:
                var eight = new byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(eight, number);
                return eight;
            default:
                throw Unknown(obj.GetType().ToString());
        }
    }

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        StringManifest => Encoding.UTF8.GetString(bytes),
        Int32Manifest => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        Int64Manifest => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        _ => throw Unknown(manifest),
    };

    private static NotSupportedException Unknown(string what) =>
        new($"{nameof(PrimitiveSerializers)} takes string, int and long, not {what}.");
}
