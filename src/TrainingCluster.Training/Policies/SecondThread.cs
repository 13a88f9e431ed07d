namespace TrainingCluster.Training.Policies;

/// <summary>
/// A thread beside the owner's that does one of two pieces of work at a time: for pieces of some ten
/// microseconds, between which a thread pool would take longer than the work. Which thread does what changes
/// nothing in a result, as long as the pieces share nothing that they write.
/// </summary>
public sealed class SecondThread : IDisposable
{
    private const int Idle = 0;
    private const int Offered = 1;
    private const int Taken = 2;
    private const int Done = 3;
    private readonly SleepingSide _server = new();
    private readonly SleepingSide _owner = new();
    private readonly Thread _thread;
    private readonly Func<bool> _isDone;
    private readonly Func<bool> _isOffered;
    private Action? _work;
    private Exception? _failure;
    private volatile bool _ended;
    private volatile int _state;

    public SecondThread(string name)
    {
        _isDone = () => _state == Done;
        _isOffered = () => _state == Offered || _ended;
        _thread = new Thread(Serve) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>
    /// Runs both, one on each thread, or both here if the other has not begun by the time the first has ended;
    /// returns when both have ended. An exception of the other thread comes out as an AggregateException.
    /// </summary>
    public void Run(Action here, Action there)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _work = there;
        _state = Offered;
        _server.Wake();
        var mine = false;
        try
        {
            here();
            mine = true;
        }
        finally
        {
            // Where the machine is busy the other thread may not have come to it: waiting would take longer.
            if (Interlocked.CompareExchange(ref _state, Idle, Offered) != Offered)
            {
                _owner.WaitUntil(_isDone);
                _state = Idle;
                mine = false;
            }
        }

        if (mine)
        {
            there();
        }

        if (_failure is { } failure)
        {
            _failure = null;
            throw new AggregateException(failure);
        }
    }

    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _server.Wake();
        _thread.Join();
        _server.Dispose();
        _owner.Dispose();
    }

    private void Serve()
    {
        while (true)
        {
            _server.WaitUntil(_isOffered);
            if (_ended)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref _state, Taken, Offered) != Offered)
            {
                continue;
            }

            try
            {
                _work!();
            }
            catch (Exception exception)
            {
                _failure = exception;
            }

            _state = Done;
            _owner.Wake();
        }
    }

    /// <summary>One thread that waits for another: it looks for a while, then sleeps.</summary>
    private sealed class SleepingSide : IDisposable
    {
        /// <summary>
        /// Some hundred microseconds: what a learner does between two pairs of pieces takes less, and to wake a
        /// sleeping thread takes about as long.
        /// </summary>
        private const int Looks = 4_000;

        private readonly SemaphoreSlim _bell = new(0);
        private int _asleep;

        public void WaitUntil(Func<bool> condition)
        {
            for (var look = 0; look < Looks; look++)
            {
                if (condition())
                {
                    return;
                }

                Thread.SpinWait(1);
            }

            while (!condition())
            {
                Interlocked.Exchange(ref _asleep, 1);
                // Whoever rings has taken the mark away first: a mark that is still there means that nobody rang.
                if (!condition() || Interlocked.Exchange(ref _asleep, 0) == 0)
                {
                    _bell.Wait();
                }
            }
        }

        /// <summary>After the condition has come true.</summary>
        public void Wake()
        {
            Interlocked.MemoryBarrier();
            if (Interlocked.Exchange(ref _asleep, 0) == 1)
            {
                _bell.Release();
            }
        }

        public void Dispose() => _bell.Dispose();
    }
}

/// <summary>Two pieces of work where there may be a second thread.</summary>
internal static class SecondThreadWork
{
    /// <summary>Both on one thread each, or one after the other where there is no second thread.</summary>
    public static void Both(this SecondThread? second, Action here, Action there)
    {
        if (second is not null)
        {
            second.Run(here, there);
            return;
        }

        here();
        there();
    }
}
