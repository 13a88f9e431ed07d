using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Windows;

namespace TrainingCluster.Features.Scaling;

/// <summary>
/// Centres each feature on its median and divides it by its interquartile range over 1.349, the range of a
/// normal distribution with deviation 1 (Huber 1981, "Robust Statistics", section 5.1), then clips. Quantiles
/// interpolate linearly between order statistics (Hyndman, Fan 1996, type 7).
/// </summary>
/// <param name="Names">The features it was fitted on, in order.</param>
/// <param name="Medians">One a feature.</param>
/// <param name="Scales">One a feature, above zero; 1 where the range is zero.</param>
/// <param name="FitFirstBar">The first bar the fit has seen.</param>
/// <param name="FitLastBar">The last bar the fit has seen.</param>
public sealed record RobustScaler(
    ImmutableArray<string> Names,
    ImmutableArray<double> Medians,
    ImmutableArray<double> Scales,
    int FitFirstBar,
    int FitLastBar)
{
    /// <summary>Scaled values lie in [−Clip, Clip].</summary>
    public const double Clip = 5;

    private const double NormalInterquartileRange = 1.349;

    /// <summary>Reads the rows of the window and nothing else.</summary>
    /// <exception cref="ArgumentException">The window is empty, leaves the table, or starts in the
    /// warm-up.</exception>
    public static RobustScaler Fit(FeatureTable table, IndexRange window)
    {
        if (window.Count == 0 || window.Start < table.WarmUp || window.End > table.Rows)
        {
            throw new ArgumentException(
                $"the fit window is {window}; it must hold at least one bar and lie in "
                + $"[{table.WarmUp}, {table.Rows}), where every feature is defined", nameof(window));
        }

        var medians = ImmutableArray.CreateBuilder<double>(table.Names.Length);
        var scales = ImmutableArray.CreateBuilder<double>(table.Names.Length);
        var sorted = new double[window.Count];
        for (var i = 0; i < table.Names.Length; i++)
        {
            table.Column(i)[window.Start..window.End].CopyTo(sorted);
            Array.Sort(sorted);
            var range = Quantile(sorted, 0.75) - Quantile(sorted, 0.25);
            medians.Add(Quantile(sorted, 0.5));
            scales.Add(range > 0 ? range / NormalInterquartileRange : 1);
        }

        return new RobustScaler(
            table.Names, medians.MoveToImmutable(), scales.MoveToImmutable(), window.Start, window.End - 1);
    }

    /// <summary>Scales every row from the warm-up on; the rows before it become 0.</summary>
    /// <exception cref="FeatureSchemaException">The table's columns are not the fitted ones.</exception>
    public FeatureMatrix Transform(FeatureTable table)
    {
        RequireNames(table.Names);

        var columns = Names.Length;
        var values = new float[checked(table.Rows * columns)];
        for (var i = 0; i < columns; i++)
        {
            var column = table.Column(i);
            var median = Medians[i];
            var scale = Scales[i];
            for (var row = table.WarmUp; row < column.Length; row++)
            {
                values[row * columns + i] = (float)Math.Clamp((column[row] - median) / scale, -Clip, Clip);
            }
        }

        return new FeatureMatrix(Names, table.Rows, table.WarmUp, values);
    }

    public bool Equals(RobustScaler? other) =>
        other is not null
        && Names.SequenceEqual(other.Names)
        && Medians.SequenceEqual(other.Medians)
        && Scales.SequenceEqual(other.Scales)
        && (FitFirstBar, FitLastBar) == (other.FitFirstBar, other.FitLastBar);

    public override int GetHashCode() => HashCode.Combine(Names.Length, FitFirstBar, FitLastBar);

    private void RequireNames(ImmutableArray<string> names)
    {
        if (Names.SequenceEqual(names))
        {
            return;
        }

        ImmutableArray<string> missing = [.. Names.Except(names, StringComparer.Ordinal)];
        ImmutableArray<string> extra = [.. names.Except(Names, StringComparer.Ordinal)];
        var order = missing.IsEmpty && extra.IsEmpty ? string.Join(", ", Names) : null;
        throw new FeatureSchemaException(missing, extra, order);
    }

    private static double Quantile(double[] sorted, double probability)
    {
        var position = (sorted.Length - 1) * probability;
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
