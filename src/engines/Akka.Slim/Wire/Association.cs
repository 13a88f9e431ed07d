using Akka.Actor;
using Akka.Cluster;
using Akka.Dispatch.SysMsg;

namespace Akka.Wire;

internal enum OfferResult
{
    Accepted,

    /// <summary>The buffer is full.</summary>
    Full,

    /// <summary>Nobody is there any more; the watches are still known.</summary>
    Refused,

    /// <summary>This association has ended; the address may have another.</summary>
    Closed,
}

/// <summary>
/// What this node has to say to one incarnation of an address, in order, and who watches whom. It begins
/// without an incarnation where the membership does not show one yet. Any thread may use it.
/// </summary>
internal sealed class Association(Address address, int bufferSize)
{
    /// <summary>System messages must arrive, so more of them wait; but not without end.</summary>
    public const int SystemMessagesMax = 100_000;

    private readonly Lock _lock = new();
    private readonly Queue<Outgoing> _waiting = new();
    private readonly RemoteWatches _watches = new();
    private int _waitingUserMessages;
    private IActorRef? _sender;
    private bool _senderIsAwake;
    private bool _isRefused;
    private bool _isClosed;

    public Address Address { get; } = address;

    /// <summary>Who is there; null as long as the membership does not show it.</summary>
    public UniqueAddress? Peer { get; private set; }

    /// <summary>Of the sending actor, here so that it outlives the actor's restart.</summary>
    public OpenInsert Insert { get; } = new();

    /// <summary>Lets the actor send what waits and what will come.</summary>
    public void Bind(UniqueAddress peer, IActorRef sender)
    {
        lock (_lock)
        {
            Peer = peer;
            _sender = sender;
            WakeSender();
        }
    }

    public OfferResult Offer(Outgoing item)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return OfferResult.Closed;
            }

            if (item.Message is SystemMessage system)
            {
                _watches.Note(system, item.Recipient);
            }

            if (_isRefused)
            {
                return OfferResult.Refused;
            }

            if (IsFull(item.IsSystem))
            {
                return OfferResult.Full;
            }

            _waiting.Enqueue(item);
            _waitingUserMessages += item.IsSystem ? 0 : 1;
            WakeSender();
            return OfferResult.Accepted;
        }
    }

    /// <summary>The sending actor only; after false it is woken by the next message.</summary>
    public bool TryTake(out Outgoing item)
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out item))
            {
                _waitingUserMessages -= item.IsSystem ? 0 : 1;
                return true;
            }

            _senderIsAwake = false;
            return false;
        }
    }

    /// <summary>False where the association has ended, so that nobody would end the watch.</summary>
    public bool AddTheirs(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _watches.AddTheirs(watchee, watcher);
            }

            return !_isClosed;
        }
    }

    public void RemoveTheirs(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        lock (_lock)
        {
            _watches.RemoveTheirs(watchee, watcher);
        }
    }

    /// <summary>As <see cref="RemoteWatches.End"/>.</summary>
    public IInternalActorRef? EndWatch(
        IInternalActorRef dead, IInternalActorRef deadWithoutUid, IInternalActorRef watcher)
    {
        lock (_lock)
        {
            return _watches.End(dead, deadWithoutUid, watcher);
        }
    }

    public IReadOnlyList<(IInternalActorRef Watchee, IInternalActorRef Watcher)> Ours()
    {
        lock (_lock)
        {
            return [.. _watches.Ours];
        }
    }

    /// <summary>Takes nothing more, gives back what waits, and keeps the watches.</summary>
    public IReadOnlyList<Outgoing> Refuse()
    {
        lock (_lock)
        {
            _isRefused = true;
            return Drain();
        }
    }

    /// <summary>The end: gives back what waits, and the watches are the caller's to end.</summary>
    public (IReadOnlyList<Outgoing> Waiting, RemoteWatches Watches) Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            return (Drain(), _watches);
        }
    }

    private bool IsFull(bool isSystem) => isSystem
        ? _waiting.Count - _waitingUserMessages >= SystemMessagesMax
        : _waitingUserMessages >= bufferSize;

    private IReadOnlyList<Outgoing> Drain()
    {
        Outgoing[] drained = [.. _waiting];
        _waiting.Clear();
        _waitingUserMessages = 0;
        return drained;
    }

    private void WakeSender()
    {
        if (_senderIsAwake || _sender is null || _waiting.Count == 0)
        {
            return;
        }

        _senderIsAwake = true;
        _sender.Tell(FrameSender.Flush.Instance, ActorRefs.NoSender);
    }
}
