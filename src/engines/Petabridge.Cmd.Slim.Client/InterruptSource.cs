namespace Petabridge.Cmd.Client;

/// <summary>Ctrl+C: ends what is under way at that moment, and nothing that begins later.</summary>
internal sealed class InterruptSource : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _source = new();

    /// <summary>Of the next interruption.</summary>
    public CancellationToken Next()
    {
        lock (_lock)
        {
            if (_source.IsCancellationRequested)
            {
                _source.Dispose();
                _source = new CancellationTokenSource();
            }

            return _source.Token;
        }
    }

    /// <summary>Whether what began last was interrupted.</summary>
    public bool WasRaised
    {
        get
        {
            lock (_lock)
            {
                return _source.IsCancellationRequested;
            }
        }
    }

    public void Raise()
    {
        lock (_lock)
        {
            _source.Cancel();
        }
    }

    public void Dispose() => _source.Dispose();
}
