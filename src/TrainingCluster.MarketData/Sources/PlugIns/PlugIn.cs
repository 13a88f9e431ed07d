using System.Reflection;
using System.Runtime.Loader;
using TrainingCluster.MarketData.Content;

namespace TrainingCluster.MarketData.Sources.PlugIns;

/// <summary>
/// Loads a user's source. Its code runs with all rights of this process; .NET has no sandbox. What is promised instead:
/// nothing is loaded that the configuration does not name; what runs is byte for byte the file whose digest stands
/// there; it brings no further files with it; and what it returns takes the same way through checks and repairs as
/// anybody's bars.
/// </summary>
public static class PlugIn
{
    /// <exception cref="PlugInException">The file or the class is not as it must be.</exception>
    public static IBarSource Load(PlugInReference reference, BarSourceServices services)
    {
        var assembly = LoadAssembly(reference, Content(reference));
        try
        {
            return Make(TypeOf(assembly, reference), services);
        }
        catch (Exception missing) when (missing is FileNotFoundException or FileLoadException or TypeLoadException)
        {
            var what = (missing as FileNotFoundException)?.FileName?.Split(',')[0] ?? missing.Message;
            throw new PlugInException(
                $"{reference.Type} needs {what}; a plug-in is one file that uses .NET and this program's own "
                + "assemblies only");
        }
    }

    private static Type TypeOf(Assembly assembly, PlugInReference reference)
    {
        var type = assembly.GetType(reference.Type) ?? throw new PlugInException(
            $"{reference.Assembly} has no class {reference.Type}; write its full name, namespace included");
        return typeof(IBarSource).IsAssignableFrom(type) && !type.IsAbstract && type.IsPublic
            ? type
            : throw new PlugInException(
                $"{reference.Type} must be a public class that implements {typeof(IBarSource).FullName}");
    }

    private static byte[] Content(PlugInReference reference)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(reference.Assembly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new PlugInException($"the plug-in '{reference.Assembly}' cannot be read; "
                + "set training.data.plug-in.assembly to the path of a .dll file");
        }

        // The bytes that are compared are the bytes that are loaded: nobody can exchange the file in between.
        var digest = Digest.Of(content).Hex;
        if (digest.Equals(reference.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            return content;
        }

        throw new PlugInException(
            $"the plug-in {reference.Assembly} has sha-256 {digest}, but training.data.plug-in.sha256 is "
            + (reference.Sha256.Length == 0 ? "not set" : reference.Sha256)
            + "; write the file's digest there if you trust it: its code runs with your rights");
    }

    private static Assembly LoadAssembly(PlugInReference reference, byte[] content)
    {
        try
        {
            return new Alone(reference.Assembly).LoadFromStream(new MemoryStream(content));
        }
        catch (BadImageFormatException)
        {
            throw new PlugInException($"{reference.Assembly} is no .NET assembly");
        }
    }

    private static IBarSource Make(Type type, BarSourceServices services)
    {
        try
        {
            return (IBarSource)(type.GetConstructor([typeof(BarSourceServices)])?.Invoke([services])
                ?? type.GetConstructor([])?.Invoke([])
                ?? throw new PlugInException(
                    $"{type.FullName} must have a public constructor without parameters or with one "
                    + nameof(BarSourceServices)));
        }
        catch (TargetInvocationException error)
        {
            throw new PlugInException(
                $"{type.FullName} cannot be made ({error.GetBaseException().GetType().Name}): "
                + error.GetBaseException().Message);
        }
    }

    /// <summary>References lead to what this program has loaded, so that its interface is the same type.</summary>
    private sealed class Alone(string path) : AssemblyLoadContext($"plug-in {path}");
}
