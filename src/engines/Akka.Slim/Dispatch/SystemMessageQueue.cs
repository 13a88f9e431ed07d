using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// Many producers push on a stack; the one consumer takes all and reverses them. Once closed it takes nothing
/// any more.
/// </summary>
internal struct SystemMessageQueue
{
    private static readonly SystemMessage Closed = new Create();

    private SystemMessage? _newest;

    public readonly bool HasMessages
    {
        get
        {
            var newest = Volatile.Read(in _newest);
            return newest is not null && !ReferenceEquals(newest, Closed);
        }
    }

    /// <summary>False when the queue is closed; the message is then still the caller's.</summary>
    public bool TryAdd(SystemMessage message)
    {
        while (true)
        {
            var newest = Volatile.Read(ref _newest);
            if (ReferenceEquals(newest, Closed))
                return false;
            message.Next = newest;
            if (Interlocked.CompareExchange(ref _newest, message, newest) == newest)
                return true;
        }
    }

    /// <summary>All waiting messages, oldest first.</summary>
    public SystemMessage? TakeAll()
    {
        while (true)
        {
            var newest = Volatile.Read(ref _newest);
            if (newest is null || ReferenceEquals(newest, Closed))
                return null;
            if (Interlocked.CompareExchange(ref _newest, null, newest) == newest)
                return Reverse(newest);
        }
    }

    /// <summary>Refuses everything from now on; gives what was waiting, oldest first.</summary>
    public SystemMessage? Close()
    {
        var newest = Interlocked.Exchange(ref _newest, Closed);
        return newest is null || ReferenceEquals(newest, Closed) ? null : Reverse(newest);
    }

    private static SystemMessage? Reverse(SystemMessage? newest)
    {
        SystemMessage? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }
        return oldest;
    }
}
