using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor;

/// <summary>Which characters a path element may have, and how a path is read.</summary>
internal static class ActorPathSyntax
{
    private static readonly SearchValues<char> Valid = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + ActorPath.ValidSymbols);

    public static bool IsValidElement(string? element)
    {
        if (string.IsNullOrEmpty(element) || element[0] == '$')
            return false;
        for (var i = 0; i < element.Length; i++)
        {
            if (Valid.Contains(element[i]))
                continue;
            var isEscape = element[i] == '%' && i + 2 < element.Length
                && char.IsAsciiHexDigit(element[i + 1]) && char.IsAsciiHexDigit(element[i + 2]);
            if (!isEscape)
                return false;
            i += 2;
        }
        return true;
    }

    public static bool TryParse(string path, [NotNullWhen(true)] out ActorPath? actorPath)
    {
        actorPath = null;
        if (!Address.TryParse(path, out var address, out var absolute) || address.System.Contains(':'))
            return false;
        ActorPath current = new RootActorPath(address);
        var parts = absolute.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var (name, uid) = i == parts.Length - 1 ? SplitNameAndUid(parts[i]) : (parts[i], 0);
            current = new ChildActorPath(current, name, uid);
        }
        actorPath = current;
        return true;
    }

    public static (string Name, long Uid) SplitNameAndUid(string element)
    {
        var hash = element.IndexOf('#');
        return hash >= 0 && long.TryParse(element.AsSpan(hash + 1), out var uid)
            ? (element[..hash], uid)
            : (element, 0);
    }
}
