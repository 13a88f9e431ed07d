using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>
/// A step whose columns hang on the bars alone, computed once for a series: the first bars of a series have the first
/// values of its columns, as no value depends on later bars. Fitting a pipeline asks for the same columns of all bars,
/// of those that may be fitted on, and of all again.
/// </summary>
internal sealed class RememberedStep(IPreprocessingStep inner) : IPreprocessingStep
{
    private readonly List<(string Step, BarSeries Bars, ColumnTable Made)> _known = [];

    public string Name => inner.Name;

    /// <summary>How often columns were computed.</summary>
    public int Computed { get; private set; }

    public FittedValues Fit(StepInput input, IndexRange window) => inner.Fit(input, window);

    public ColumnTable Transform(StepInput input, FittedValues fitted)
    {
        var made = Made(input, fitted);
        return input.With(made.Names, made.Columns.Select(column =>
            column.Length == input.Bars.Count ? column : column[..input.Bars.Count]));
    }

    private ColumnTable Made(StepInput input, FittedValues fitted)
    {
        var step = input.Spec.ToString();
        foreach (var (known, bars, made) in _known)
        {
            if (known == step && IsStart(input.Bars, bars))
            {
                return made;
            }
        }

        var fresh = inner.Transform(input with { Table = ColumnTable.Empty(input.Bars.Count) }, fitted);
        _known.Add((step, input.Bars, fresh));
        Computed++;
        return fresh;
    }

    /// <summary>Whether bars are the first ones of others: the same memory, which nobody writes to.</summary>
    private static bool IsStart(BarSeries start, BarSeries whole) =>
        start.Count <= whole.Count && AreSame(start.Close, whole.Close) && AreSame(start.Volume, whole.Volume);

    private static bool AreSame(ReadOnlySpan<double> one, ReadOnlySpan<double> other) =>
        Unsafe.AreSame(ref MemoryMarshal.GetReference(one), ref MemoryMarshal.GetReference(other));
}
