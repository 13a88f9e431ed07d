using System.Collections.Immutable;

namespace TrainingCluster.Features.Scaling;

/// <summary>Scaled features as a learner reads them: [bar, feature], row-major, float32.</summary>
public sealed class FeatureMatrix
{
    /// <summary>Takes over the values: the caller must not write to them afterwards.</summary>
    public FeatureMatrix(ImmutableArray<string> names, int rows, int firstValidRow, float[] values)
    {
        if ((long)rows * names.Length != values.Length)
        {
            throw new ArgumentException(
                $"[{rows}, {names.Length}] needs {(long)rows * names.Length} values, not {values.Length}",
                nameof(values));
        }

        Names = names;
        Rows = rows;
        FirstValidRow = firstValidRow;
        Values = values;
    }

    public int Rows { get; }

    public int Columns => Names.Length;

    public ImmutableArray<string> Names { get; }

    /// <summary>Rows before this one are all 0: some feature was not yet defined there.</summary>
    public int FirstValidRow { get; }

    /// <summary>Row-major; read only, though the type cannot say so.</summary>
    public float[] Values { get; }

    public ReadOnlySpan<float> Row(int r) => Values.AsSpan(r * Columns, Columns);
}
