using System.Collections.Immutable;
using TrainingCluster.Features.Scaling;

namespace TrainingCluster.Features.Windows;

/// <summary>
/// Windows over a feature matrix by the index of their last bar. The rows of a window lie next to each other
/// in the matrix, so that a window is a view: nothing is copied until a batch is gathered.
/// </summary>
public sealed class WindowView
{
    private readonly ImmutableArray<int> _starts;

    /// <param name="matrix">Scaled features, one row a bar.</param>
    /// <param name="length">Bars in a window, at least 1.</param>
    /// <param name="starts">Where several symbols follow each other in the matrix, the first row of each, ascending
    /// from 0: no window crosses into the symbol before.</param>
    public WindowView(FeatureMatrix matrix, int length, ImmutableArray<int> starts = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);

        Matrix = matrix;
        Length = length;
        _starts = starts.IsDefaultOrEmpty ? [0] : starts;
    }

    public FeatureMatrix Matrix { get; }

    public int Length { get; }

    /// <summary>The first bar that ends a window whose every row is defined.</summary>
    public int FirstEnd => Matrix.FirstValidRow + Length - 1;

    /// <summary>
    /// The window that ends with a bar, that bar included: [time, feature], oldest bar first, a view.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar lies before <see cref="FirstEnd"/> or
    /// outside.</exception>
    public ReadOnlySpan<float> this[int endBar]
    {
        get
        {
            if (endBar < FirstEnd || endBar >= Matrix.Rows || endBar - SymbolStart(endBar) < FirstEnd)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(endBar),
                    endBar,
                    $"a window of {Length} bars must end in [{FirstEnd}, {Matrix.Rows}), and as late in its symbol");
            }

            var start = (endBar - Length + 1) * Matrix.Columns;
            return Matrix.Values.AsSpan(start, Length * Matrix.Columns);
        }
    }

    private int SymbolStart(int row)
    {
        var found = _starts.BinarySearch(row);
        return found >= 0 ? row : _starts[~found - 1];
    }

    /// <summary>Gathers windows into a batch.</summary>
    /// <param name="endBars">The last bar of each window.</param>
    /// <param name="destination">[batch, time, feature], exactly as long as the windows together.</param>
    public void CopyTo(ReadOnlySpan<int> endBars, Span<float> destination)
    {
        var size = Length * Matrix.Columns;
        var needed = (long)size * endBars.Length;
        if (destination.Length != needed)
        {
            throw new ArgumentException(
                $"the batch is [{endBars.Length}, {Length}, {Matrix.Columns}] = {needed} floats, "
                + $"but the destination holds {destination.Length}", nameof(destination));
        }

        for (var i = 0; i < endBars.Length; i++)
        {
            this[endBars[i]].CopyTo(destination.Slice(i * size, size));
        }
    }
}
