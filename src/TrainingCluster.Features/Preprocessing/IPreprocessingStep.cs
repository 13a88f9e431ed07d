global using FittedValues = System.Collections.Immutable.ImmutableSortedDictionary<
    string, System.Collections.Immutable.ImmutableArray<double>>;
using TrainingCluster.Features.Windows;

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

    /// <summary>What is learned from the window of the table, numbers by name; empty where nothing is. Where several
    /// symbols are fitted together the rows are those of all of them, and the bars those of the first.</summary>
    /// <exception cref="FormatException">A setting is wrong, or the window is not enough.</exception>
    FittedValues Fit(StepInput input, IndexRange window);

    ColumnTable Transform(StepInput input, FittedValues fitted);

    /// <summary>
    /// The table with its columns, and with values missing where they will be missing once the step is fitted; what
    /// the values are does not matter. Asked before anything is fitted, to find the first complete row. By default
    /// transformed with nothing fitted: a step that learns numbers says it itself.
    /// </summary>
    ColumnTable Unfitted(StepInput input) => Transform(input, FittedValues.Empty);
}
