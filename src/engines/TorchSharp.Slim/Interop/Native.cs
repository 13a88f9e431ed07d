using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp.Interop;

/// <summary>The boundary to libtorch_slim.so. A null handle or a non-zero status means failure; <see cref="Fail"/> has the words.</summary>
internal static unsafe partial class Native
{
    private const string Library = "torch_slim";

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

    // The loader's own message speaks of every path it tried; a reader needs the two causes there are.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        var beside = Path.Combine(AppContext.BaseDirectory, "libtorch_slim.so");
        if (!File.Exists(beside))
            beside = Path.Combine(Path.GetDirectoryName(assembly.Location) ?? "", "libtorch_slim.so");
        if (!File.Exists(beside))
        {
            throw new DllNotFoundException(
                $"libtorch_slim.so is not beside the program in {AppContext.BaseDirectory}: "
                + "build without SkipNative=true on a machine that has libtorch "
                + "(apt-get install libtorch-dev libopenblas0-pthread, or set LIBTORCH).");
        }
        try
        {
            return NativeLibrary.Load(beside);
        }
        catch (DllNotFoundException cause)
        {
            throw new DllNotFoundException(
                $"{beside} cannot be loaded because a library it needs is missing: install libtorch "
                + "(apt-get install libtorch-dev libopenblas0-pthread), or rebuild with LIBTORCH pointing to it. "
                + cause.Message, cause);
        }
    }
}
