namespace TrainingCluster.Models.Policy;

/// <summary>Some neighbouring rows of a batch.</summary>
public readonly record struct RowRange(int First, int Count)
{
    /// <summary>The rows in a matrix of the given width.</summary>
    public ReadOnlySpan<float> Of(ReadOnlySpan<float> matrix, int width) => matrix.Slice(First * width, Count * width);

    /// <summary>The rows in a matrix of the given width.</summary>
    public Span<float> Of(Span<float> matrix, int width) => matrix.Slice(First * width, Count * width);
}
