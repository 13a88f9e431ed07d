namespace Akka.Actor;

/// <summary>Whoever lives at a path, or at all paths of a pattern, at the time a message is sent.</summary>
public class ActorSelection : ICanTell
{
    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, path.Split('/'))
    {
    }

    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
        : this(anchor, [.. elements.Where(element => element.Length > 0).Select(Step)])
    {
    }

    public IActorRef Anchor { get; }

    public SelectionPathElement[] Path { get; }

    public string PathString => "/" + string.Join('/', (object[])Path);

    public void Tell(object message, IActorRef? sender = null)
    {
        if (message is null)
            throw new InvalidMessageException($"The message to {this} is null; send a value.");
        SelectionDelivery.Deliver(
            (IInternalActorRef)Anchor,
            new ActorSelectionMessage(message, Path),
            sender ?? ActorCell.ImplicitSender?.Self);
    }

    /// <exception cref="ActorNotFoundException">Nobody answered in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <exception cref="ActorNotFoundException">Nobody answered in time.</exception>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity =
                await this.Ask<ActorIdentity>(new Identify(null), timeout, ct).ConfigureAwait(false);
            // The dead letters answer with Nobody for a node that is not there.
            return identity.Subject is { } found && !found.IsNobody()
                ? found : throw new ActorNotFoundException($"Nobody is at {this}.");
        }
        catch (AskTimeoutException e)
        {
            throw new ActorNotFoundException($"Nobody at {this} answered within {timeout}.", e);
        }
    }

    public override bool Equals(object? obj) =>
        obj is ActorSelection other && Anchor.Equals(other.Anchor) && PathString == other.PathString;

    public override int GetHashCode() => HashCode.Combine(Anchor, PathString);

    public override string ToString() =>
        $"ActorSelection[Anchor({Anchor.Path.ToStringWithUid()}), Path({PathString})]";

    private static SelectionPathElement Step(string element) => element switch
    {
        ".." => new SelectParent(),
        _ when element.AsSpan().ContainsAny('?', '*') => new SelectChildPattern(element),
        _ => new SelectChildName(element),
    };
}

/// <summary>A selection leads nowhere.</summary>
public sealed class ActorNotFoundException(string message, Exception? innerException = null)
    : AkkaException(message, innerException);
