using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>
/// Reading single numbers, and the .dat format: type code, rank and sizes as LEB128, then the elements
/// row-major, little-endian.
/// </summary>
public static class TensorExtensionMethods
{
    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();

    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();

    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();

    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();

    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();

    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        writer.Encode((long)tensor.dtype);
        var shape = tensor.shape;
        writer.Encode(shape.Length);
        foreach (var size in shape) writer.Encode(size);
        using var here = tensor.detach().DetachFromDisposeScope();
        using var plain = here.cpu().DetachFromDisposeScope();
        using var data = plain.contiguous().DetachFromDisposeScope();
        writer.Write(data.bytes);
    }

    /// <summary>Reads into a tensor of the same type and shape.</summary>
    /// <param name="skip">Whether to read past the data and leave the tensor as it is.</param>
    /// <exception cref="ArgumentException">The file holds another type or shape.</exception>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        var (type, shape) = ReadHead(reader);
        if (type != tensor.dtype)
            throw new ArgumentException(
                $"the file holds a tensor of {type} where one of {tensor.dtype} is expected");
        if (!skip && !shape.AsSpan().SequenceEqual(tensor.shape))
        {
            throw new ArgumentException(
                $"the file holds a tensor of shape [{torch.Tensor.Listed(shape)}] where one of shape "
                + $"[{torch.Tensor.Listed(tensor.shape)}] is expected");
        }
        var data = ReadData(reader, type, shape);
        if (skip) return;
        using var read = Filled(data, type, shape);
        using var frozen = torch.no_grad();
        tensor.copy_(read);
    }

    /// <summary>Reads a tensor of whatever type and shape the file says.</summary>
    internal static torch.Tensor Read(BinaryReader reader)
    {
        var (type, shape) = ReadHead(reader);
        return Filled(ReadData(reader, type, shape), type, shape);
    }

    internal static void Encode(this BinaryWriter writer, long value) => writer.Write7BitEncodedInt64(value);

    internal static long Decode(this BinaryReader reader) => reader.Read7BitEncodedInt64();

    private static (torch.ScalarType type, long[] shape) ReadHead(BinaryReader reader)
    {
        var code = reader.Decode();
        if (code is < 0 or > sbyte.MaxValue || !Enum.IsDefined((torch.ScalarType)code))
            throw new InvalidDataException(
                $"the file holds a tensor of type code {code}, which is not known");
        var rank = reader.Decode();
        if (rank is < 0 or > 64) throw new InvalidDataException($"the file holds a tensor of {rank} axes");
        var shape = new long[rank];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = reader.Decode();
            if (shape[i] < 0) throw new InvalidDataException(
                $"the file holds a tensor with an axis of size {shape[i]}");
        }
        return ((torch.ScalarType)code, shape);
    }

    private static byte[] ReadData(BinaryReader reader, torch.ScalarType type, long[] shape)
    {
        long length = torch.SizeOf(type);
        foreach (var size in shape) length = checked(length * size);
        var left = reader.BaseStream.CanSeek ? reader.BaseStream.Length - reader.BaseStream.Position
            : long.MaxValue;
        if (length > left || length > Array.MaxLength)
        {
            throw new EndOfStreamException(
                $"a tensor of shape [{torch.Tensor.Listed(shape)}] and {type} needs {length} bytes; "
                + $"{left} are left");
        }
        var data = reader.ReadBytes((int)length);
        if (data.Length < length)
            throw new EndOfStreamException(
                $"the file ends after {data.Length} of {length} bytes of a tensor");
        return data;
    }

    private static torch.Tensor Filled(byte[] data, torch.ScalarType type, long[] shape)
    {
        var tensor = torch.empty(shape, type);
        tensor.bytes = data;
        return tensor;
    }
}
