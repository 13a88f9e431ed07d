using System.Collections.Immutable;

namespace TrainingCluster.Features.Indicators;

/// <summary>One indicator of the catalogue.</summary>
/// <param name="Name">As specs write it.</param>
/// <param name="Meaning">In some words.</param>
/// <param name="Parameters">In the order in which they may be given without names.</param>
/// <param name="Make">A fresh one.</param>
public sealed record IndicatorEntry(
    string Name,
    string Meaning,
    ImmutableArray<IndicatorParameter> Parameters,
    Func<IndicatorArguments, IBarIndicator> Make);
