namespace TrainingCluster.Training.Supervised;

/// <summary>
/// Makes what will be asked for next on another thread while the caller computes. What was not announced is
/// made on the spot, so that announcing decides the speed and never the values.
/// </summary>
/// <param name="make">Reads shared data only; runs on either thread.</param>
internal sealed class Prefetch<T>(Func<int[], T> make)
{
    private readonly Queue<(int[] Samples, Task<T> Made)> _announced = new();

    /// <summary>How many of the taken ones had been announced.</summary>
    public long Fetched { get; private set; }

    public void Announce(ReadOnlySpan<int> samples)
    {
        if (samples.IsEmpty)
        {
            return;
        }

        int[] own = [.. samples];
        _announced.Enqueue((own, Task.Run(() => make(own))));
    }

    public T Take(ReadOnlySpan<int> samples)
    {
        // An older announcement that nobody took up is dropped.
        while (_announced.TryPeek(out var next))
        {
            if (next.Samples.AsSpan().SequenceEqual(samples))
            {
                _announced.Dequeue();
                Fetched++;
                return next.Made.GetAwaiter().GetResult();
            }

            if (_announced.Count == 1)
            {
                break;
            }

            _announced.Dequeue();
        }

        return make([.. samples]);
    }
}
