using System.Collections.Immutable;

namespace TrainingCluster.Features.Indicators;

/// <summary>
/// An indicator over bars, one bar at a time. A column over many bars is the same calls in a row, so batch
/// and stream agree bit for bit, and a value never depends on bars that follow.
/// </summary>
public interface IBarIndicator
{
    /// <summary>What it gives for each bar; a single output is called <c>value</c>.</summary>
    ImmutableArray<string> Outputs { get; }

    /// <summary>The first bar, counted from 0, at which all outputs are defined.</summary>
    int WarmUp { get; }

    /// <summary>Takes the next bar and fills its outputs; NaN means not yet defined.</summary>
    void Next(in BarValues bar, Span<double> outputs);
}
