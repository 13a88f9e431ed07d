namespace TrainingCluster.Training.Supervised;

/// <summary>
/// Computes a batch in pieces whose gradients are summed by their share of the samples: the mean over the
/// batch, whatever the pieces. A piece that does not fit into memory is halved and the batch begun again.
/// </summary>
/// <param name="inner">Computes the pieces; disposed with this.</param>
/// <param name="largest">Samples of a piece at most.</param>
internal sealed class AccumulatedPass(IGradientPass inner, int largest) : IGradientPass
{
    private readonly float[] _piece = new float[ParameterSpan.Total(inner.Layout)];
    private readonly List<int> _announced = [];

    public ImmutableArray<ParameterSpan> Layout => inner.Layout;

    /// <summary>Samples of a piece at most, after what did not fit.</summary>
    public int Largest { get; private set; } = largest;

    public void Restore(ReadOnlySpan<float> weights) => inner.Restore(weights);

    public void Announce(ReadOnlySpan<int> samples)
    {
        _announced.Clear();
        _announced.AddRange(samples);
    }

    public double LossAndGradients(ReadOnlySpan<int> samples, Span<float> gradients)
    {
        while (true)
        {
            try
            {
                return Pieces(samples, gradients);
            }
            catch (Exception failure) when (OutOfMemory.Is(failure) && Math.Min(Largest, samples.Length) > 1)
            {
                Largest = (Math.Min(Largest, samples.Length) + 1) / 2;
            }
        }
    }

    public float[] Logits(ReadOnlySpan<int> bars) => inner.Logits(bars);

    public void Dispose() => inner.Dispose();

    private double Pieces(ReadOnlySpan<int> samples, Span<float> gradients)
    {
        if (samples.Length <= Largest)
        {
            Fetch(samples, samples.Length);
            return inner.LossAndGradients(samples, gradients);
        }

        gradients.Clear();
        double loss = 0;
        for (var first = 0; first < samples.Length; first += Largest)
        {
            var piece = samples.Slice(first, Math.Min(Largest, samples.Length - first));
            Fetch(samples, first + piece.Length);
            var share = (double)piece.Length / samples.Length;
            loss += share * inner.LossAndGradients(piece, _piece);
            for (var i = 0; i < _piece.Length; i++)
            {
                gradients[i] += (float)share * _piece[i];
            }
        }

        return loss;
    }

    private void Fetch(ReadOnlySpan<int> samples, int done)
    {
        var rest = done < samples.Length
            ? samples[done..]
            : System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_announced);
        inner.Announce(rest[..Math.Min(Largest, rest.Length)]);
    }
}

/// <summary>Tells an allocation that failed from other failures.</summary>
internal static class OutOfMemory
{
    /// <summary>The words of libtorch's allocators on the CPU and on CUDA.</summary>
    private static readonly ImmutableArray<string> Words = ["can't allocate memory", "out of memory"];

    public static bool Is(Exception failure) => failure is OutOfMemoryException
        || Words.Any(words => failure.Message.Contains(words, StringComparison.Ordinal));
}
