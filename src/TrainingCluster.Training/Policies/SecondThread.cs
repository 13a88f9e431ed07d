namespace TrainingCluster.Training.Policies;

/// <summary>
/// A thread beside the owner's that does one of two pieces of work at a time: for pieces of some ten
/// microseconds, between which a thread pool would take longer than the work. Which thread does what changes
/// nothing in a result, as long as the pieces share nothing that they write.
/// </summary>
public sealed class SecondThread : IDisposable
{
    /// <summary>Looks at the other side before a thread goes to sleep, a few microseconds.</summary>
    private const int Spins = 2_000;

    private const int Idle = 0;
    private const int Offered = 1;
    private const int Taken = 2;

    private readonly ManualResetEventSlim _given = new(false, Spins);
    private readonly ManualResetEventSlim _done = new(false, Spins);
    private readonly Thread _thread;
    private volatile Action? _work;
    private volatile Exception? _failure;
    private volatile bool _ended;
    private int _state;

    public SecondThread(string name)
    {
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
        _done.Reset();
        _work = there;
        Volatile.Write(ref _state, Offered);
        _given.Set();
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
                _done.Wait();
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
        _given.Set();
        _thread.Join();
        _given.Dispose();
        _done.Dispose();
    }

    private void Serve()
    {
        while (true)
        {
            _given.Wait();
            _given.Reset();
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

            _done.Set();
        }
    }
}
