using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp.Interop;

/// <summary>
/// The boundary to libtorch_slim.so. A null handle or a non-zero status means failure; <see cref="Fail"/> has
/// the words.
/// </summary>
internal static unsafe partial class Native
{
    private const string Library = "torch_slim";
    private const string FileName = "libtorch_slim.so";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    /// <summary>Takes a handle that a function gave; throws libtorch's message where it gave none.</summary>
    internal static torch.Tensor Take(nint handle)
    {
        if (handle == 0) throw Fail();
        return new torch.Tensor(handle);
    }

    internal static void Check(int status)
    {
        if (status != 0) throw Fail();
    }

    internal static ExternalException Fail() => new(Text(ts_last_error()));

    internal static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    /// <summary>Loads libtorch_slim.so from the first of two folders that has it.</summary>
    /// <exception cref="DllNotFoundException">It is in neither, or libtorch itself is missing; the message
    /// has the remedy.</exception>
    internal static nint LoadFrom(string program, string assembly)
    {
        var path = Path.Combine(program, FileName);
        if (!File.Exists(path)) path = Path.Combine(assembly, FileName);
        if (!File.Exists(path))
        {
            throw new DllNotFoundException(
                $"{FileName} is not beside the program in {program}: build without SkipNative=true "
                + "where libtorch is (apt-get install libtorch-dev libopenblas0-pthread, or set LIBTORCH).");
        }
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException cause)
        {
            throw new DllNotFoundException(
                $"{path} cannot be loaded, most likely because libtorch is missing: install it "
                + "(apt-get install libtorch-dev libopenblas0-pthread), or rebuild with LIBTORCH set. "
                + cause.Message, cause);
        }
    }

    // The loader's own message speaks of every path it tried; a reader needs the two causes there are.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Library
        ? LoadFrom(AppContext.BaseDirectory, Path.GetDirectoryName(assembly.Location) ?? "")
        : 0;
}
