using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Preprocessing;

/// <summary>
/// One step of a pipeline. Fitting reads the rows of the window and nothing else; transforming a row reads that row
/// and rows before it. Whoever brings a step of their own implements this and adds it to a catalogue. Without state
/// of its own.
/// </summary>
public interface IPreprocessingStep
{
    /// <summary>As templates write it.</summary>
    string Name { get; }

    /// <summary>What is learned from the window, numbers by name; empty where nothing is.</summary>
    /// <exception cref="FormatException">A setting is wrong.</exception>
    ImmutableSortedDictionary<string, ImmutableArray<double>> Fit(
        StepSpec spec, BarSeries bars, ColumnTable input, IndexRange window);

    ColumnTable Transform(
        StepSpec spec,
        ImmutableSortedDictionary<string, ImmutableArray<double>> fitted,
        BarSeries bars,
        ColumnTable input);
}
