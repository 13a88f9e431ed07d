using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// The two queues of one actor and the state that lets exactly one thread at a time run it. State is one
/// word:
/// bit 0 scheduled, bit 1 closed, the rest a count of suspensions. Suspension and closing are changed by the
/// running
/// thread only; any thread may set the scheduled bit.
/// </summary>
internal sealed class Mailbox : IThreadPoolWorkItem
{
    private const int Scheduled = 1;
    private const int ClosedBit = 2;
    private const int SuspendUnit = 4;

    private readonly ActorCell _cell;
    private readonly MessageDispatcher _dispatcher;
    private UserMessageQueue _messages = new();
    private SystemMessageQueue _systemMessages;
    private int _state;

    public Mailbox(ActorCell cell, MessageDispatcher dispatcher)
    {
        _cell = cell;
        _dispatcher = dispatcher;
    }

    public ActorCell Cell => _cell;

    public MessageDispatcher Dispatcher => _dispatcher;

    public bool IsClosed => (Volatile.Read(ref _state) & ClosedBit) != 0;

    public bool IsSuspended => Volatile.Read(ref _state) >= SuspendUnit;

    public int SuspendCount => Volatile.Read(ref _state) / SuspendUnit;

    public bool HasMessages => _messages.HasMessages;

    /// <summary>Of those that wait; counted to a limit, see <see cref="MailboxDepth"/>.</summary>
    public int NumberOfMessages => _messages.CountTo(MailboxDepth.CountedTo);

    public bool HasSystemMessages => _systemMessages.HasMessages;

    public void Post(object message, IActorRef? sender)
    {
        if (IsClosed)
        {
            _cell.ToDeadLetters(message, sender);
            return;
        }
        _messages.Enqueue(message, sender);
        // The exchange inside Enqueue is a full fence: either we see the mailbox idle or closed, or its owner
        // sees the message.
        var state = Volatile.Read(ref _state);
        if (state == 0)
            TrySchedule();
        else if ((state & ClosedBit) != 0)
            DrainToDeadLetters();
    }

    public void PostSystem(SystemMessage message)
    {
        if (!_systemMessages.TryAdd(message))
        {
            _cell.SystemMessageToDead(message);
            return;
        }
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & (Scheduled | ClosedBit)) != 0)
                return;
            if (Interlocked.CompareExchange(ref _state, state | Scheduled, state) == state)
            {
                _dispatcher.Schedule(this);
                return;
            }
        }
    }

    /// <summary>Runs on a thread of the dispatcher; never two at a time.</summary>
    public void Execute()
    {
        var previous = ActorCell.Enter(_cell);
        try
        {
            if (!IsClosed)
            {
                ProcessSystemMessages();
                ProcessMessages();
            }
        }
        finally
        {
            ActorCell.Enter(previous);
            GoIdle();
        }
    }

    public void Suspend() => Interlocked.Add(ref _state, SuspendUnit);

    public void Resume()
    {
        if (IsSuspended)
            Interlocked.Add(ref _state, -SuspendUnit);
    }

    /// <summary>Actor only: these envelopes are handled before what waits.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes) => _messages.Prepend(envelopes);

    /// <summary>Actor only, at its end: what waits and whatever comes later become dead letters.</summary>
    public void Close()
    {
        Interlocked.Or(ref _state, ClosedBit);
        DrainToDeadLetters();
        for (var message = _systemMessages.Close(); message is not null;)
        {
            var next = message.Next;
            message.Next = null;
            _cell.SystemMessageToDead(message);
            message = next;
        }
    }

    private void ProcessMessages()
    {
        for (var left = _dispatcher.Throughput; left > 0; left--)
        {
            if (Volatile.Read(ref _state) != Scheduled
                || !_messages.TryDequeue(out var message, out var sender))
                return;
            _cell.Invoke(message, sender);
            if (_systemMessages.HasMessages)
                ProcessSystemMessages();
        }
    }

    private void ProcessSystemMessages()
    {
        while (!IsClosed && _systemMessages.TakeAll() is { } batch)
            _cell.InvokeSystem(batch);
    }

    private void GoIdle()
    {
        if (MailboxDepth.IsWanted)
            MailboxDepth.Record(NumberOfMessages, _dispatcher.Id);
        Interlocked.And(ref _state, ~Scheduled);
        TrySchedule();
    }

    private void TrySchedule()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & (Scheduled | ClosedBit)) != 0)
                return;
            if (!_systemMessages.HasMessages && (state != 0 || !_messages.HasMessages))
                return;
            if (Interlocked.CompareExchange(ref _state, state | Scheduled, state) == state)
            {
                _dispatcher.Schedule(this);
                return;
            }
        }
    }

    /// <summary>Senders that lost the race against closing come here too, hence the lock.</summary>
    private void DrainToDeadLetters()
    {
        lock (this)
        {
            while (_messages.TryDequeue(out var message, out var sender))
                _cell.ToDeadLetters(message, sender);
        }
    }
}
