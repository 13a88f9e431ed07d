using System.Collections.Immutable;

namespace TrainingCluster.Features.Preprocessing;

/// <summary>A step with all that it learned from the window.</summary>
/// <param name="Step">The step as text.</param>
/// <param name="Inputs">The columns that came in, in order.</param>
/// <param name="Outputs">The columns that go out, in order.</param>
/// <param name="Values">Numbers by name, such as <c>centre</c>, one an input.</param>
public sealed record FittedStep(
    string Step,
    ImmutableArray<string> Inputs,
    ImmutableArray<string> Outputs,
    ImmutableSortedDictionary<string, ImmutableArray<double>> Values);
