namespace Akka.TestKit;

/// <summary>Opens when it has been counted down.</summary>
public class TestLatch(int count, TimeSpan defaultTimeout) : IDisposable
{
    private readonly CountdownEvent _latch = new(count);

    public TestLatch()
        : this(1)
    {
    }

    public TestLatch(int count)
        : this(count, TimeSpan.FromSeconds(5))
    {
    }

    public bool IsOpen => _latch.IsSet;

    public void CountDown() => _latch.Signal();

    public void Open()
    {
        while (!_latch.IsSet)
            _latch.Signal(_latch.CurrentCount);
    }

    public void Reset() => _latch.Reset();

    /// <exception cref="TimeoutException">It did not open in the default time.</exception>
    public void Ready() => Ready(defaultTimeout);

    /// <exception cref="TimeoutException">It did not open in time.</exception>
    public void Ready(TimeSpan timeout)
    {
        if (!_latch.Wait(timeout))
            throw new TimeoutException($"The latch did not open within {timeout}; {_latch.CurrentCount} are missing.");
    }

    public void Dispose()
    {
        _latch.Dispose();
        GC.SuppressFinalize(this);
    }
}
