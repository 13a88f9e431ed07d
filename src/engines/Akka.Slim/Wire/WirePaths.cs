using Akka.Actor;

namespace Akka.Wire;

/// <summary>References as a frame has them: its two nodes' own paths go without their addresses.</summary>
internal static class WirePaths
{
    /// <summary>Null for those whom no answer can reach.</summary>
    public static string? Of(IActorRef? actorRef, Address self) => actorRef switch
    {
        null or DeadLetterActorRef => null,
        _ when actorRef.IsNobody() => null,
        RemoteActorRef remote => remote.Path.ToSerializationFormat(),
        _ when actorRef.Path.Address.HasLocalScope || actorRef.Path.Address == self =>
            WithoutAddress(actorRef.Path),
        _ => actorRef.Path.ToSerializationFormat(),
    };

    public static string WithoutAddress(ActorPath path)
    {
        var text = path.ToStringWithoutAddress();
        return path.Uid == 0 ? text : $"{text}#{path.Uid}";
    }

    /// <summary>Dead letters for what is no path.</summary>
    /// <param name="provider">Of the reading node.</param>
    /// <param name="text">With or without address.</param>
    /// <param name="node">Whose the path is where it has none.</param>
    public static IInternalActorRef Resolve(LocalActorRefProvider provider, string text, Address node) =>
        ActorPath.TryParse(text.StartsWith('/') ? node + text : text, out var path)
            ? (IInternalActorRef)provider.ResolveActorRef(path)
            : provider.DeadLettersRef;
}
