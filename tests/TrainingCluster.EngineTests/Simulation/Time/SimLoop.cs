using Akka.Actor;

namespace TrainingCluster.EngineTests.Simulation.Time;

/// <summary>
/// One thread and a clock that only moves from event to event. Everything in a simulated world happens as an event
/// of this loop; at one moment, in the order of posting.
/// </summary>
internal sealed class SimLoop(ulong seed)
{
    private const int DeepestPause = 4;

    private readonly PriorityQueue<SimEvent, (long Due, long Order)> _events = new(EarliestFirst.Instance);
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _posted;
    private long _begun;
    private int _depth;

    /// <summary>Virtual time since the beginning, in ticks of <see cref="TimeSpan"/>.</summary>
    public long Now { get; private set; }

    public SimTrace Trace { get; } = new();

    /// <summary>In which order what is due at about the same time happens.</summary>
    public SimRandom Order { get; } = new SimRandom(seed).Fork();

    /// <summary>Whose event runs; null for the world's own.</summary>
    public SimHost? Current { get; private set; }

    /// <summary>The present event has been frozen on its way; what it goes on with began before.</summary>
    public bool IsLate => Now > _begun;

    public long Executed { get; private set; }

    /// <summary>Something is still to happen.</summary>
    public bool IsBusy => _events.Count > 0;

    /// <summary>Why the run cannot go on; from then on nothing happens any more.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Looks at the world after each event.</summary>
    public Action AfterStep { get; set; } = static () => { };

    /// <summary>Ends the run. Throwing would not: what runs may stand on actors that catch everything.</summary>
    public void Fail(Exception cause) => Failure ??= cause;

    public void AssertThread()
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            // Throwing would end in some other thread's hands; nobody may overlook this.
            Environment.FailFast(
                $"The simulation was left for another thread:{Environment.NewLine}{Environment.StackTrace}");
        }
    }

    /// <summary>Lets something happen later; as an event of a host it waits while the host is paused.</summary>
    public SimEvent Post(SimHost? owner, TimeSpan delay, Action run) =>
        PostAt(owner, Now + Math.Max(0, delay.Ticks), run);

    public SimEvent PostAt(SimHost? owner, long due, Action run)
    {
        AssertThread();
        var item = new SimEvent(owner, run);
        _events.Enqueue(item, (due, ++_posted));
        return item;
    }

    public void RunUntil(long end)
    {
        AssertThread();
        while (Failure is null && _events.TryPeek(out var item, out var priority) && priority.Due <= end)
        {
            _events.Dequeue();
            Now = Math.Max(Now, priority.Due);
            Execute(item);
        }

        Now = Math.Max(Now, end);
    }

    /// <summary>
    /// Stops a host where it stands, in the middle of whatever it does, while the world goes on.
    /// </summary>
    public void Freeze(SimHost host, TimeSpan duration)
    {
        if (_depth >= DeepestPause || TaskScheduler.Current != TaskScheduler.Default)
        {
            return;
        }

        var (owner, begun, cell) = (Current, _begun, ActorCell.Enter(null));
        _depth++;
        host.FreezeUntil(Now + duration.Ticks);
        while (Failure is null && host.ResumesAt > Now)
        {
            RunUntil(host.ResumesAt);
        }

        host.Thaw();
        _depth--;
        ActorCell.Enter(cell);
        (Current, _begun) = (owner, begun);
    }

    /// <summary>Looks at something as nobody: no host is touched by it.</summary>
    public T Aside<T>(Func<T> look)
    {
        var owner = Current;
        Current = null;
        try
        {
            return look();
        }
        finally
        {
            Current = owner;
        }
    }

    private void Execute(SimEvent item)
    {
        if (item.IsCancelled || item.Owner is { IsDead: true })
        {
            return;
        }

        if (item.Owner is { IsPaused: true } paused)
        {
            paused.Park(item);
            return;
        }

        Executed++;
        Current = item.Owner;
        _begun = Now;
        try
        {
            item.Run();
            Current = null;
            AfterStep();
        }
        catch (Exception cause)
        {
            Fail(cause);
        }
    }

    private sealed class EarliestFirst : IComparer<(long Due, long Order)>
    {
        public static EarliestFirst Instance { get; } = new();

        public int Compare((long Due, long Order) x, (long Due, long Order) y) =>
            x.Due != y.Due ? x.Due.CompareTo(y.Due) : x.Order.CompareTo(y.Order);
    }
}

/// <summary>Something that will happen.</summary>
internal sealed class SimEvent(SimHost? owner, Action run)
{
    public SimHost? Owner => owner;

    public bool IsCancelled { get; private set; }

    public void Cancel() => IsCancelled = true;

    public void Run() => run();
}
