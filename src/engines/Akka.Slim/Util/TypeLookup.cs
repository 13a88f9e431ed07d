using System.Reflection;

namespace Akka.Util;

/// <summary>
/// Finds a type by the name configuration gives it. An assembly name of the genuine packages ("Akka",
/// "Akka.Persistence", …) resolves to this assembly, so that the same configuration serves both.
/// </summary>
internal static class TypeLookup
{
    public static Type? Find(string name)
    {
        if (Type.GetType(name, throwOnError: false) is { } exact)
            return exact;
        var bare = name.Split(',')[0].Trim();
        if (typeof(TypeLookup).Assembly.GetType(bare, throwOnError: false) is { } own)
            return own;
        foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.GetType(bare, throwOnError: false) is { } found)
                return found;
        }
        return null;
    }
}
