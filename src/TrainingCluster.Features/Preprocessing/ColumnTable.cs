using System.Collections.Immutable;

namespace TrainingCluster.Features.Preprocessing;

/// <summary>Columns on their way through a pipeline, a row a bar; NaN means missing.</summary>
public sealed class ColumnTable
{
    /// <summary>Takes over the columns: nobody may write to them afterwards.</summary>
    /// <exception cref="ArgumentException">A name stands twice, or a column has another length.</exception>
    public ColumnTable(int rows, ImmutableArray<string> names, ImmutableArray<double[]> columns)
    {
        if (names.Length != columns.Length || columns.Any(column => column.Length != rows)
            || names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            throw new ArgumentException(
                $"{names.Length} different names need as many columns of {rows} rows", nameof(names));
        }

        (Rows, Names, Columns) = (rows, names, columns);
    }

    public int Rows { get; }

    public ImmutableArray<string> Names { get; }

    /// <summary>Read only, though the type cannot say so.</summary>
    public ImmutableArray<double[]> Columns { get; }

    public static ColumnTable Empty(int rows) => new(rows, [], []);

    /// <summary>The first row without a missing value; the number of rows where there is none.</summary>
    public int FirstCompleteRow()
    {
        var first = 0;
        while (first < Rows && Columns.Any(column => double.IsNaN(column[first])))
        {
            first++;
        }

        return first;
    }

    /// <exception cref="ArgumentException">A name is already there.</exception>
    public ColumnTable With(IEnumerable<string> names, IEnumerable<double[]> columns) =>
        new(Rows, [.. Names, .. names], [.. Columns, .. columns]);

    /// <summary>Each column replaced by what the function makes of it.</summary>
    public ColumnTable Mapped(Func<int, double[], double[]> map) =>
        new(Rows, Names, [.. Columns.Select((column, i) => map(i, column))]);
}
