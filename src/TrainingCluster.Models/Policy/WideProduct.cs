using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrainingCluster.Models.Policy;

/// <summary>What the sums of a product begin with.</summary>
internal enum ProductStart
{
    /// <summary>What the output holds.</summary>
    Output,

    /// <summary>Nothing.</summary>
    Zero,

    /// <summary>A bias for each column.</summary>
    Bias,
}

/// <summary>
/// The product of <see cref="DenseKernels"/> in vectors of 16. Four rows of 64 columns keep 16 chains in flight, eight
/// rows of 16 keep 8: enough to hide the latency of an addition on processors with two units. Rows of the right factor
/// lie far apart and push each other out of the cache, so that products of many rows read <see cref="Panels"/> instead.
/// </summary>
internal static class WideProduct
{
    private const int Lanes = 16;
    private const int Wide = Panels.Width;

    private const int CachedInner = 128;

    /// <summary>Rows of the output from which on panels are worth it.</summary>
    public const int PackedRows = 32;

    /// <summary>Adds left · right to what the output holds.</summary>
    public static void Add(ref float left, ref float right, ref float output, StridedShape shape) =>
        Run(ref left, ref right, false, ref Unsafe.NullRef<float>(), ref output, shape, ProductStart.Output);

    /// <param name="transposed">The right factor is stored as [columns, inner]; only with
    /// <see cref="PackedRows"/> rows or more.</param>
    /// <param name="bias">[columns], read if the sums begin with it.</param>
    public static void Run(
        ref float left, ref float right, bool transposed, ref float bias, ref float output, StridedShape shape,
        ProductStart start)
    {
        if (shape.Rows < PackedRows || (shape.Columns < Lanes && shape.RowStride != 1 && shape.InnerStride != 1))
        {
            Seed(ref bias, ref output, shape, 0, start);
            AddFewRows(ref left, ref right, ref output, shape);
            return;
        }

        if (shape.Columns < Lanes)
        {
            Sideways(ref left, ref right, transposed, ref bias, ref output, shape, start);
            return;
        }

        var column = 0;
        for (; column + Wide <= shape.Columns; column += Wide)
        {
            Packed(
                ref left, ref Right(ref right, transposed, shape, column), transposed, ref Unsafe.Add(ref bias, column),
                ref Unsafe.Add(ref output, column), shape, start);
        }

        if (column < shape.Columns)
        {
            Seed(ref bias, ref output, shape, column, start);
            PackedRest(ref left, ref right, transposed, ref output, shape, column);
        }
    }

    private static void AddFewRows(ref float left, ref float right, ref float output, StridedShape shape)
    {
        var column = 0;
        for (; shape.Rows == 1 && column + 2 * Wide <= shape.Columns; column += 2 * Wide)
        {
            WideRows.One128(ref left, ref Unsafe.Add(ref right, column), ref Unsafe.Add(ref output, column), shape);
        }

        for (; column + Wide <= shape.Columns; column += Wide)
        {
            InPieces(ref left, ref Unsafe.Add(ref right, column), ref Unsafe.Add(ref output, column), shape);
        }

        for (; column + Lanes <= shape.Columns; column += Lanes)
        {
            WideColumns.Sixteen(ref left, ref Unsafe.Add(ref right, column), shape.Columns,
                ref Unsafe.Add(ref output, column), shape);
        }

        if (column < shape.Columns)
        {
            WideColumns.Last(ref left, ref Unsafe.Add(ref right, column), shape.Columns,
                ref Unsafe.Add(ref output, column), shape, shape.Columns - column);
        }
    }

    /// <summary>
    /// In pieces of the inner index whose rows of the right factor, 32 KB, stay in the first cache while all rows
    /// of the output meet them. Each sum goes through memory between two pieces, which does not change it.
    /// </summary>
    private static void InPieces(ref float a, ref float b, ref float c, StridedShape shape)
    {
        for (var start = 0; start < shape.Inner; start += CachedInner)
        {
            WideRows.Columns64(
                ref Unsafe.Add(ref a, start * shape.InnerStride), ref Unsafe.Add(ref b, start * shape.Columns),
                shape.Columns, ref c, shape.Columns, ref c,
                shape with { Inner = Math.Min(CachedInner, shape.Inner - start) });
        }
    }

    /// <summary>64 columns, the right factor panel by panel.</summary>
    [SkipLocalsInit]
    private static void Packed(
        ref float a, ref float b, bool transposed, ref float bias, ref float c, StridedShape shape, ProductStart start)
    {
        Span<float> reserve = stackalloc float[Panels.Reserve];
        Span<float> nothing = stackalloc float[Wide];
        nothing.Clear();
        ref var panel = ref Panels.Aligned(reserve);
        for (var (first, piece) = (0, Piece(shape.Inner)); first < shape.Inner; first += piece)
        {
            var inner = Math.Min(piece, shape.Inner - first);
            if (transposed)
            {
                Panels.CopyTransposed(ref Unsafe.Add(ref b, first), shape.Inner, Wide, inner, ref panel);
            }
            else
            {
                Panels.Copy(ref Unsafe.Add(ref b, first * shape.Columns), shape.Columns, inner, ref panel);
            }

            scoped ref var sums = ref c;
            var stride = shape.Columns;
            if (first == 0 && start != ProductStart.Output)
            {
                sums = ref start == ProductStart.Bias ? ref bias : ref MemoryMarshal.GetReference(nothing);
                stride = 0;
            }

            WideRows.Columns64(
                ref Unsafe.Add(ref a, first * shape.InnerStride), ref panel, Wide, ref sums, stride, ref c,
                shape with { Inner = inner });
        }
    }

    /// <summary>The columns beyond the last 64, added to what the output holds.</summary>
    [SkipLocalsInit]
    private static void PackedRest(
        ref float a, ref float b, bool transposed, ref float c, StridedShape shape, int column)
    {
        Span<float> reserve = stackalloc float[Panels.Reserve];
        ref var panel = ref Panels.Aligned(reserve);
        var width = shape.Columns - column;
        for (var (first, piece) = (0, Piece(shape.Inner)); first < shape.Inner; first += piece)
        {
            var inner = Math.Min(piece, shape.Inner - first);
            if (transposed)
            {
                Panels.CopyTransposed(
                    ref Unsafe.Add(ref b, column * shape.Inner + first), shape.Inner, width, inner, ref panel);
            }
            else
            {
                Panels.CopyPart(
                    ref Unsafe.Add(ref b, first * shape.Columns + column), shape.Columns, inner, width, ref panel);
            }

            ref var left = ref Unsafe.Add(ref a, first * shape.InnerStride);
            var at = 0;
            for (; at + Lanes <= width; at += Lanes)
            {
                WideColumns.Sixteen(
                    ref left, ref Unsafe.Add(ref panel, at), Wide, ref Unsafe.Add(ref c, column + at),
                    shape with { Inner = inner });
            }

            if (at < width)
            {
                WideColumns.Last(
                    ref left, ref Unsafe.Add(ref panel, at), Wide, ref Unsafe.Add(ref c, column + at),
                    shape with { Inner = inner }, width - at);
            }
        }
    }

    /// <summary>
    /// Fewer columns than a vector has lanes, by many rows: the product of the transposes, 64 rows at a time.
    /// </summary>
    [SkipLocalsInit]
    private static void Sideways(
        ref float a, ref float b, bool transposed, ref float bias, ref float c, StridedShape shape, ProductStart start)
    {
        Span<float> reserve = stackalloc float[Panels.Reserve];
        ref var panel = ref Panels.Aligned(reserve);
        Span<float> sums = stackalloc float[Lanes * Wide];
        var columns = shape.Columns;
        var (rowStride, innerStride) = transposed ? (shape.Inner, 1) : (1, columns);
        for (var row = 0; row < shape.Rows; row += Wide)
        {
            var rows = Math.Min(Wide, shape.Rows - row);
            ref var to = ref Unsafe.Add(ref c, row * columns);
            Begin(ref bias, ref to, rows, columns, start, sums);
            for (var (first, piece) = (0, Piece(shape.Inner)); first < shape.Inner; first += piece)
            {
                var inner = Math.Min(piece, shape.Inner - first);
                ref var from = ref Unsafe.Add(ref a, row * shape.RowStride + first * shape.InnerStride);
                Gather(ref from, shape, rows, inner, ref panel);
                WideRows.Columns64(
                    ref Unsafe.Add(ref b, first * innerStride), ref panel, Wide, ref sums[0], Wide, ref sums[0],
                    new StridedShape(columns, inner, Wide, rowStride, innerStride));
            }

            for (var i = 0; i < rows; i++)
            {
                for (var column = 0; column < columns; column++)
                {
                    Unsafe.Add(ref to, i * columns + column) = sums[column * Wide + i];
                }
            }
        }
    }

    /// <summary>Some rows of the left factor as the columns of a panel.</summary>
    private static void Gather(ref float from, StridedShape shape, int rows, int inner, ref float panel)
    {
        if (shape.InnerStride == 1)
        {
            Panels.CopyTransposed(ref from, shape.RowStride, rows, inner, ref panel);
        }
        else if (rows == Wide)
        {
            Panels.Copy(ref from, shape.InnerStride, inner, ref panel);
        }
        else
        {
            Panels.CopyPart(ref from, shape.InnerStride, inner, rows, ref panel);
        }
    }

    /// <summary>What the sums [column, 64] begin with.</summary>
    private static void Begin(
        ref float bias, ref float output, int rows, int columns, ProductStart start, Span<float> sums)
    {
        sums.Clear();
        for (var column = 0; column < columns && start != ProductStart.Zero; column++)
        {
            for (var i = 0; i < rows; i++)
            {
                sums[column * Wide + i] = start == ProductStart.Bias
                    ? Unsafe.Add(ref bias, column) : Unsafe.Add(ref output, i * columns + column);
            }
        }
    }

    /// <summary>Writes what the sums begin with to the output from a column on.</summary>
    private static void Seed(
        ref float bias, ref float output, StridedShape shape, int column, ProductStart start)
    {
        if (start == ProductStart.Output)
        {
            return;
        }

        var width = shape.Columns - column;
        for (var row = 0; row < shape.Rows; row++)
        {
            var line = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref output, row * shape.Columns + column), width);
            if (start == ProductStart.Zero)
            {
                line.Clear();
            }
            else
            {
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref bias, column), width).CopyTo(line);
            }
        }
    }

    private static ref float Right(ref float right, bool transposed, StridedShape shape, int column) =>
        ref Unsafe.Add(ref right, transposed ? column * shape.Inner : column);

    /// <summary>Lines of a panel, so that all panels of a product are about as long.</summary>
    private static int Piece(int inner)
    {
        var pieces = (inner + Panels.MaximumInner - 1) / Panels.MaximumInner;
        return (inner + pieces - 1) / pieces;
    }
}
