using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Training.Environments;

/// <summary>
/// Writes and reads the pieces that learner states are made of: lengths first, numbers bit for bit.
/// </summary>
public static class StateCodec
{
    public static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    public static void Write<T>(BinaryWriter writer, T[] values)
        where T : unmanaged => Write(writer, (ReadOnlySpan<T>)values);

    public static void Write(BinaryWriter writer, RandomStreamState state)
    {
        writer.Write(state.Word);
        writer.Write(state.SpareGaussian is not null);
        writer.Write(state.SpareGaussian ?? 0);
    }

    public static RandomStreamState ReadStream(BinaryReader reader)
    {
        var word = reader.ReadUInt64();
        var hasSpare = reader.ReadBoolean();
        var spare = reader.ReadDouble();
        return new RandomStreamState(word, hasSpare ? spare : null);
    }

    public static T[] Read<T>(BinaryReader reader)
        where T : unmanaged
    {
        var length = reader.ReadInt32();
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (length < 0 || (long)length * Unsafe.SizeOf<T>() > left)
        {
            throw new InvalidDataException(
                $"the state claims {length} numbers but only {left} bytes are left");
        }

        var values = new T[length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Reads into an array whose length is known.</summary>
    public static void Read<T>(BinaryReader reader, T[] target)
        where T : unmanaged
    {
        var values = Read<T>(reader);
        Expect(values.Length, target.Length, "numbers");
        values.CopyTo(target, 0);
    }

    /// <summary>Reads straight into a span whose length is known.</summary>
    public static void ReadInto<T>(BinaryReader reader, Span<T> target)
        where T : unmanaged
    {
        Expect(reader.ReadInt32(), target.Length, "numbers");
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(target));
    }

    /// <exception cref="InvalidDataException">The state was saved by something of another size.</exception>
    public static void Expect(int actual, int expected, string what)
    {
        if (actual != expected)
        {
            throw new InvalidDataException(
                $"the saved state has {actual} {what}, this learner has {expected}; "
                + "it belongs to another spec");
        }
    }
}
