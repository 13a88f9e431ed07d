using System.Runtime.ExceptionServices;

namespace TrainingCluster.Training.Supervised;

/// <summary>
/// Splits each batch into a fixed number of parts, each computed by a replica on a thread of its own, and on
/// a device of its own where there are several. Gradients are summed in the order of the parts, so that the
/// number of parts decides the bits and the speed of the threads does not.
/// </summary>
/// <param name="replicas">Equal networks, at least one; disposed with this. The first runs on the calling
/// thread and gives the logits.</param>
internal sealed class ShardedPass(ImmutableArray<IGradientPass> replicas) : IGradientPass
{
    private readonly float[][] _gradients =
        [.. replicas.Select(one => new float[ParameterSpan.Total(one.Layout)])];

    private readonly double[] _losses = new double[replicas.Length];

    public ImmutableArray<ParameterSpan> Layout => replicas[0].Layout;

    public void Restore(ReadOnlySpan<float> weights)
    {
        foreach (var replica in replicas)
        {
            replica.Restore(weights);
        }
    }

    public void Announce(ReadOnlySpan<int> samples)
    {
        for (var part = 0; part < replicas.Length; part++)
        {
            replicas[part].Announce(Part(samples, part));
        }
    }

    public double LossAndGradients(ReadOnlySpan<int> samples, Span<float> gradients)
    {
        int[] all = [.. samples];
        var failures = new Exception?[replicas.Length];
        var threads = new Thread[replicas.Length];
        for (var part = 1; part < replicas.Length; part++)
        {
            var mine = part;
            threads[part] = new Thread(() => Compute(all, mine, failures)) { IsBackground = true };
            threads[part].Start();
        }

        Compute(all, 0, failures);
        foreach (var thread in threads.AsSpan(1))
        {
            thread.Join();
        }

        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        gradients.Clear();
        double loss = 0;
        for (var part = 0; part < replicas.Length; part++)
        {
            var share = (double)Part(all, part).Length / all.Length;
            loss += share * _losses[part];
            for (var i = 0; i < gradients.Length; i++)
            {
                gradients[i] += (float)share * _gradients[part][i];
            }
        }

        return loss;
    }

    public float[] Logits(ReadOnlySpan<int> bars) => replicas[0].Logits(bars);

    public void Dispose()
    {
        foreach (var replica in replicas)
        {
            replica.Dispose();
        }
    }

    private void Compute(int[] samples, int part, Exception?[] failures)
    {
        try
        {
            var mine = Part(samples, part);
            _losses[part] = 0;
            Array.Clear(_gradients[part]);
            if (mine.Length > 0)
            {
                _losses[part] = replicas[part].LossAndGradients(mine, _gradients[part]);
            }
        }
        catch (Exception failure)
        {
            // It belongs on the caller's thread.
            failures[part] = failure;
        }
    }

    private ReadOnlySpan<int> Part(ReadOnlySpan<int> samples, int part)
    {
        var first = (int)((long)samples.Length * part / replicas.Length);
        return samples[first..(int)((long)samples.Length * (part + 1) / replicas.Length)];
    }
}
