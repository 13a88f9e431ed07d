using Akka.Actor;

namespace Petabridge.Cmd.Actors;

/// <summary>The actors of one system by their paths.</summary>
internal static class ActorTree
{
    /// <summary>An actor of this system, by its path with or without the address; null where there is none.</summary>
    public static IActorRef? Find(ExtendedActorSystem system, string path)
    {
        var root = system.Provider.RootGuardianAt(system.Provider.DefaultAddress);
        var text = path.StartsWith('/') ? "akka://" + system.Name + path : path;
        if (!ActorPath.TryParse(text, out var wanted)
            || (wanted.Address != root.Path.Address && wanted.Address != system.Provider.DefaultAddress))
        {
            return null;
        }

        IActorRef? found = root;
        foreach (var name in wanted.Elements)
        {
            found = ChildrenOf(found).FirstOrDefault(child => child.Path.Name == name);
            if (found is null)
            {
                return null;
            }
        }

        return found;
    }

    /// <summary>The path of an actor, then of all below it, each before its children.</summary>
    public static IEnumerable<string> Paths(IActorRef root, int depth)
    {
        var left = new Stack<(IActorRef Actor, int Depth)>([(root, depth)]);
        while (left.TryPop(out var next))
        {
            yield return next.Actor.Path.ToStringWithoutAddress();
            if (next.Depth > 0)
            {
                foreach (var child in ChildrenOf(next.Actor).OrderDescending(ByName))
                {
                    left.Push((child, next.Depth - 1));
                }
            }
        }
    }

    private static Comparer<IActorRef> ByName { get; } = Comparer<IActorRef>.Create(
        (left, right) => string.CompareOrdinal(left.Path.Name, right.Path.Name));

    private static IEnumerable<IActorRef> ChildrenOf(IActorRef actor) =>
        actor is ActorRefWithCell local ? local.Children : [];
}
