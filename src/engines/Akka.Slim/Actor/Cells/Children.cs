using System.Diagnostics.CodeAnalysis;
using Akka.Util;

namespace Akka.Actor;

/// <summary>What a parent does once the children it stopped are gone.</summary>
internal enum ChildrenWait
{
    Nothing,
    Creation,
    Recreation,
    Termination,
}

internal enum ChildProblem
{
    NameTaken,
    Terminating,
}

/// <summary>
/// The children of one cell. The parent's thread changes it; selections and, for guardians, starters of
/// top-level actors
/// come from other threads, hence the lock.
/// </summary>
internal sealed class Children
{
    private readonly Dictionary<string, LocalActorRef> _byName = [];
    private readonly Lock _lock = new();
    private HashSet<IActorRef>? _dying;
    private Dictionary<IActorRef, ChildRestartStats>? _stats;
    private ChildrenWait _wait;
    private bool _closed;
    private long _names;

    /// <summary>Why the parent waits for children to end, with the failure that made it.</summary>
    public Exception? WaitCause { get; private set; }

    public bool IsWaiting => _wait is ChildrenWait.Creation or ChildrenWait.Recreation;

    public bool IsTerminating => _wait == ChildrenWait.Termination;

    public string NextName() => Base64Name.For(Interlocked.Increment(ref _names) - 1);

    public bool TryAdd(string name, LocalActorRef child, out ChildProblem problem)
    {
        lock (_lock)
        {
            problem = ChildProblem.Terminating;
            if (_closed || _wait == ChildrenWait.Termination)
                return false;
            problem = ChildProblem.NameTaken;
            return _byName.TryAdd(name, child);
        }
    }

    public LocalActorRef? Find(string name)
    {
        lock (_lock)
            return _byName.GetValueOrDefault(name);
    }

    public bool Contains(IActorRef child) => Find(child.Path.Name) is { } found && found.Equals(child);

    public LocalActorRef[] ToArray()
    {
        lock (_lock)
            return [.. _byName.Values];
    }

    public ChildRestartStats StatsOf(IActorRef child)
    {
        _stats ??= [];
        if (!_stats.TryGetValue(child, out var stats))
            _stats.Add(child, stats = new ChildRestartStats(child));
        return stats;
    }

    public IReadOnlyCollection<ChildRestartStats> AllStats() => [.. ToArray().Select(StatsOf)];

    public void MarkDying(LocalActorRef child)
    {
        lock (_lock)
        {
            if (_byName.TryGetValue(child.Path.Name, out var found) && found.Equals(child))
                (_dying ??= []).Add(child);
        }
    }

    /// <summary>False when none is dying; a wait for termination then closes the family at once.</summary>
    public bool TryWait(ChildrenWait wait, Exception? cause)
    {
        lock (_lock)
        {
            if (_dying is not { Count: > 0 })
            {
                _closed |= wait == ChildrenWait.Termination;
                return false;
            }
            _wait = wait;
            WaitCause = cause;
            return true;
        }
    }

    /// <summary>
    /// Takes a dead child out and says what the parent may go on with, if this was the last it waited for.
    /// </summary>
    public ChildrenWait Remove(IActorRef child)
    {
        lock (_lock)
        {
            if (_byName.TryGetValue(child.Path.Name, out var found) && found.Equals(child))
                _byName.Remove(child.Path.Name);
            _stats?.Remove(child);
            _dying?.Remove(child);
            if (_wait == ChildrenWait.Nothing || _dying is { Count: > 0 })
                return ChildrenWait.Nothing;
            var done = _wait;
            _closed = done == ChildrenWait.Termination;
            _wait = ChildrenWait.Nothing;
            return done;
        }
    }
}
