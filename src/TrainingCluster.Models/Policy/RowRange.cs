namespace TrainingCluster.Models.Policy;

/// <summary>Some neighbouring rows of a batch.</summary>
public readonly record struct RowRange(int First, int Count)
{
    /// <summary>The first half of all rows or the second; blocks of eight rows stay whole.</summary>
    public static RowRange Half(int rows, int half)
    {
        var first = rows / 16 * 8;
        return half == 0 ? new RowRange(0, first) : new RowRange(first, rows - first);
    }

    /// <summary>The rows in a matrix of the given width.</summary>
    public ReadOnlySpan<float> Of(ReadOnlySpan<float> matrix, int width) => matrix.Slice(First * width, Count * width);

    /// <summary>The rows in a matrix of the given width.</summary>
    public Span<float> Of(Span<float> matrix, int width) => matrix.Slice(First * width, Count * width);
}
