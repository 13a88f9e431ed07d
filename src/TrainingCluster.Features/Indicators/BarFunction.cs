using System.Collections.Immutable;

namespace TrainingCluster.Features.Indicators;

/// <summary>An indicator whose step is given as a function.</summary>
internal sealed class BarFunction(ImmutableArray<string> outputs, int warmUp, BarFunction.Step step) : IBarIndicator
{
    public delegate void Step(in BarValues bar, Span<double> outputs);

    public ImmutableArray<string> Outputs => outputs;

    public int WarmUp => warmUp;

    /// <summary>The function itself, for a caller of many bars.</summary>
    internal Step Stepping => step;

    public void Next(in BarValues bar, Span<double> outputs) => step(bar, outputs);
}
