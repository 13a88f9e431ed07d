using System.Collections.Immutable;

namespace TrainingCluster.Features.Indicators;

/// <summary>An indicator whose step is given as a function.</summary>
internal sealed class BarFunction(ImmutableArray<string> outputs, int warmUp, BarFunction.Step step) : IBarIndicator
{
    public delegate void Step(in BarValues bar, Span<double> outputs);

    public ImmutableArray<string> Outputs => outputs;

    public int WarmUp => warmUp;

    public void Next(in BarValues bar, Span<double> outputs) => step(bar, outputs);
}
