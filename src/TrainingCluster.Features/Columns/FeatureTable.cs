using System.Collections.Immutable;

namespace TrainingCluster.Features.Columns;

/// <summary>
/// Features in columns, a row a bar. NaN means not yet defined and stands only in front: from
/// <see cref="WarmUp"/> on every value of every column is finite.
/// </summary>
public sealed class FeatureTable
{
    private readonly ImmutableArray<double[]> _columns;

    /// <summary>Takes over the columns: the caller must not write to them afterwards.</summary>
    /// <param name="names">One a column, all different.</param>
    /// <param name="columns">All of the same length.</param>
    /// <exception cref="ArgumentException">A value after the first finite one of its column is not finite, or
    /// the shapes disagree.</exception>
    public FeatureTable(ImmutableArray<string> names, ImmutableArray<double[]> columns)
    {
        if (names.Length != columns.Length || names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            throw new ArgumentException(
                $"{columns.Length} columns need as many different names", nameof(names));
        }

        Names = names;
        Rows = columns.IsEmpty ? 0 : columns[0].Length;
        _columns = columns;
        WarmUps = [.. columns.Select((column, i) => FirstDefined(names[i], column))];
        WarmUp = WarmUps.IsEmpty ? 0 : WarmUps.Max();
    }

    public ImmutableArray<string> Names { get; }

    public int Rows { get; }

    /// <summary>
    /// The first row in which every column is defined; <see cref="Rows"/> where there is none.
    /// </summary>
    public int WarmUp { get; }

    /// <summary>The first defined row of each column.</summary>
    public ImmutableArray<int> WarmUps { get; }

    public ReadOnlySpan<double> Column(int i) => _columns[i];

    /// <exception cref="ArgumentException">There is no such column; the message lists those there
    /// are.</exception>
    public ReadOnlySpan<double> Column(string name)
    {
        var index = Names.IndexOf(name);
        return index >= 0
            ? _columns[index]
            : throw new ArgumentException(
                $"no feature '{name}'; there are {string.Join(", ", Names)}", nameof(name));
    }

    private int FirstDefined(string name, double[] column)
    {
        if (column.Length != Rows)
        {
            throw new ArgumentException($"feature '{name}' has {column.Length} rows instead of {Rows}");
        }

        var first = 0;
        while (first < column.Length && double.IsNaN(column[first]))
        {
            first++;
        }

        for (var row = first; row < column.Length; row++)
        {
            if (!double.IsFinite(column[row]))
            {
                throw new ArgumentException(
                    $"feature '{name}' is {column[row]} at bar {row}, after it was defined at bar {first}; "
                    + "a defined feature must stay finite");
            }
        }

        return first;
    }
}
