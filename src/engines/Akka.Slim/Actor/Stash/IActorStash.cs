namespace Akka.Actor;

/// <summary>An actor with a stash, which the engine sets before the first message.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}

public interface IWithUnrestrictedStash : IActorStash;

/// <summary>A stash of the capacity that the props say; unbounded by default.</summary>
public interface IWithStash : IWithUnrestrictedStash;

/// <summary>A stash without bounds.</summary>
public interface IWithUnboundedStash : IWithUnrestrictedStash;
