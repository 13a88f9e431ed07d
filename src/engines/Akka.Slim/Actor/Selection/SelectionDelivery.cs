namespace Akka.Actor;

/// <summary>Makes selections from text, and walks a message along one, on the sender's thread.</summary>
internal static class SelectionDelivery
{
    public static ActorSelection Select(ActorSystemImpl system, IActorRef relativeTo, string path)
    {
        if (path.Length == 0)
            return new ActorSelection(system.DeadLetters, "");
        if (ActorPath.TryParse(path, out var absolute))
            return Select(system, absolute);
        return path.StartsWith('/')
            ? new ActorSelection(system.LookupRoot, path)
            : new ActorSelection(relativeTo, path);
    }

    public static ActorSelection Select(ActorSystemImpl system, ActorPath path) =>
        new(system.Provider.RootGuardianAt(path.Address), path.Elements);

    public static void Deliver(IInternalActorRef anchor, ActorSelectionMessage selection, IActorRef? sender)
    {
        var current = anchor;
        for (var i = 0; i < selection.Elements.Length; i++)
        {
            if (current is not LocalActorRef && !current.IsLocal)
            {
                // Another node's tree: it walks the rest itself.
                current.Tell(
                    new ActorSelectionMessage(
                        selection.Message, selection.Elements[i..], selection.WildCardFanOut),
                    sender);
                return;
            }
            switch (selection.Elements[i])
            {
                case SelectParent:
                    // Above the root is the root.
                    current = current.Path.Depth == 0 ? current : current.Parent;
                    break;
                case SelectChildName child:
                    var next = (IInternalActorRef)current.GetChild([child.Name]);
                    if (ReferenceEquals(next, Nobody.Instance))
                    {
                        if (!selection.WildCardFanOut)
                            ToNobody(current, selection, i, sender);
                        return;
                    }
                    current = next;
                    break;
                case SelectChildPattern pattern:
                    FanOut(current, pattern, selection, i, sender);
                    return;
            }
        }
        current.Tell(selection.Message, sender);
    }

    private static void FanOut(
        IInternalActorRef parent,
        SelectChildPattern pattern,
        ActorSelectionMessage selection,
        int at,
        IActorRef? sender)
    {
        var children = parent is LocalActorRef local ? local.Cell.GetChildren() : [];
        var matching = children.Where(child => pattern.IsMatch(child.Path.Name)).ToArray();
        if (matching.Length == 0 && !selection.WildCardFanOut)
            ToNobody(parent, selection, at, sender);
        var rest = selection.Elements[(at + 1)..];
        var fanOut = selection.WildCardFanOut || matching.Length > 1;
        foreach (var child in matching)
            Deliver(
                (IInternalActorRef)child, new ActorSelectionMessage(selection.Message, rest, fanOut), sender);
    }

    private static void ToNobody(
        IInternalActorRef last, ActorSelectionMessage selection, int at, IActorRef? sender)
    {
        var path = last.Path / selection.Elements[at..].Select(element => element.ToString()!);
        ((LocalActorRefProvider)last.Provider).EmptyRef(path).Tell(selection.Message, sender);
    }
}
