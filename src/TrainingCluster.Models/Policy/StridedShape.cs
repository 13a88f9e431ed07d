namespace TrainingCluster.Models.Policy;

/// <summary>
/// The shape of a product: [rows, inner] · [inner, columns], the left factor given by its strides.
/// </summary>
public readonly record struct StridedShape(int Rows, int Inner, int Columns, int RowStride, int InnerStride)
{
    /// <summary>The left factor is stored row by row.</summary>
    public static StridedShape Plain(int rows, int inner, int columns) => new(rows, inner, columns, inner, 1);

    /// <summary>The left factor is the transpose of a matrix stored row by row as [inner, rows].</summary>
    public static StridedShape Transposed(int rows, int inner, int columns) =>
        new(rows, inner, columns, 1, rows);
}
