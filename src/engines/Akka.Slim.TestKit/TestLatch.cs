namespace Akka.TestKit;

/// <summary>Opens when it has been counted down.</summary>
public class TestLatch(TestKitBase testkit, int count) : IDisposable
{
    private readonly CountdownEvent _latch = new(count);

    public bool IsOpen => _latch.IsSet;

    public void CountDown() => _latch.Signal();

    public void Open() => _latch.Signal(_latch.CurrentCount);

    public void Reset() => _latch.Reset();

    /// <exception cref="TimeoutException">It did not open in the default time.</exception>
    public void Ready() => Ready(testkit.TestKitSettings.DefaultTimeout);

    public void Ready(TimeSpan timeout)
    {
        var limit = testkit.Dilated(timeout);
        if (!_latch.Wait(limit))
            throw new TimeoutException(
                $"The latch did not open within {limit}; {_latch.CurrentCount} are missing.");
    }

    public void Dispose()
    {
        _latch.Dispose();
        GC.SuppressFinalize(this);
    }
}
