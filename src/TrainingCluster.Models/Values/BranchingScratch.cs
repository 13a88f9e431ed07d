using TrainingCluster.Models.Policy;

namespace TrainingCluster.Models.Values;

/// <summary>
/// Scratch memory for one <see cref="BranchingNetwork"/> and batches of up to a number of rows. Not for two
/// threads.
/// </summary>
public sealed class BranchingScratch
{
    private float[] _sliceSlopes = [];

    public BranchingScratch(BranchingNetwork network, int maximumRows)
    {
        var options = network.Options;
        Parts = [.. network.Parts.Select(part => new DenseActivations(part, maximumRows))];
        Slices = [.. options.Encoders.Select(slice => new float[maximumRows * slice.Count])];
        Embedding = new float[network.EncoderCount == 0 ? 0 : maximumRows * network.Embedding];
        EmbeddingSlopes = new float[Embedding.Length];
        EncoderSlopes = new float[Embedding.Length];
        Values = new float[maximumRows * options.Choices];
        ValueSlopes = new float[maximumRows];
        BranchSlopes = new float[maximumRows * options.Branches.Max()];
        FeatureSlopes = new float[maximumRows * network.Features];
        HeadInputSlopes = new float[FeatureSlopes.Length];
    }

    internal DenseActivations[] Parts { get; }

    internal float[][] Slices { get; }

    internal float[] Embedding { get; }

    internal float[] EmbeddingSlopes { get; }

    internal float[] EncoderSlopes { get; }

    /// <summary>Q of the last batch, [row, Σ choices].</summary>
    public float[] Values { get; }

    internal float[] ValueSlopes { get; }

    internal float[] BranchSlopes { get; }

    internal float[] FeatureSlopes { get; }

    internal float[] HeadInputSlopes { get; }

    /// <summary>Loss by an encoder's entries; made at the first call, because few learners ask.</summary>
    internal Span<float> SliceSlopes(int count)
    {
        if (_sliceSlopes.Length < count)
        {
            _sliceSlopes = new float[count];
        }

        return _sliceSlopes.AsSpan(0, count);
    }
}
