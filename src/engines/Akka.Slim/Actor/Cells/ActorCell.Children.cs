using Akka.Util;

namespace Akka.Actor;

/// <summary>The cell as a parent.</summary>
internal sealed partial class ActorCell
{
    private volatile Children? _children;

    public IActorRef ActorOf(Props props, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is not null && !ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]: it must not be empty, not start with `$`, and only contain ASCII "
                + $"letters, digits, %hh and {ActorPath.ValidSymbols}.");
        }
        var children = ChildrenForStart();
        name ??= children.NextName();
        var child =
            new LocalActorRef(_system, props, _self, new ChildActorPath(_self.Path, name, _system.NextUid()));
        if (!children.TryAdd(name, child, out var problem))
            throw problem == ChildProblem.NameTaken
                ? new InvalidActorNameException($"Actor name \"{name}\" is not unique!")
                : new InvalidOperationException($"{_self} is stopping and cannot start the child '{name}'.");
        child.Start();
        return child;
    }

    public IActorRef Child(string name) =>
        (IActorRef?)_children?.Find(name) ?? ActorRefs.Nobody;

    public IEnumerable<IActorRef> GetChildren() => _children?.ToArray() ?? [];

    public void Stop(IActorRef child)
    {
        if (child is LocalActorRef own)
            _children?.MarkDying(own);
        ((IInternalActorRef)child).Stop();
    }

    /// <summary>
    /// Any thread: the child of that name, whatever its uid unless one is given as name#uid.
    /// </summary>
    internal IInternalActorRef? FindChild(string element)
    {
        var (name, uid) = ActorPathSyntax.SplitNameAndUid(element);
        var child = _children?.Find(name);
        return child is null || (uid != 0 && child.Path.Uid != uid) ? null : child;
    }

    private Children ChildrenForStart()
    {
        if (_children is { } existing)
            return existing;
        Interlocked.CompareExchange(ref _children, new Children(), null);
        return _children!;
    }

    private bool IsWaitingForChildren => _children is { IsWaiting: true };

    private bool IsTerminating => _children is { IsTerminating: true };

    private void SuspendChildren(IReadOnlyCollection<IActorRef>? exceptFor)
    {
        foreach (var child in _children?.ToArray() ?? [])
        {
            if (exceptFor is null || !exceptFor.Contains(child))
                child.Suspend();
        }
    }

    private void ResumeChildren(Exception? cause, IActorRef? perpetrator)
    {
        foreach (var child in _children?.ToArray() ?? [])
            child.Resume(perpetrator is not null && perpetrator.Equals(child) ? cause : null);
    }

    private void StopChildren()
    {
        foreach (var child in _children?.ToArray() ?? [])
            Stop(child);
    }

    /// <summary>False when there is nobody to wait for: the caller goes on at once.</summary>
    private bool WaitForChildren(ChildrenWait wait, Exception? cause) =>
        _children is { } children && children.TryWait(wait, cause);
}
