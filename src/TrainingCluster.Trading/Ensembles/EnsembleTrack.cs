using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.Trading.Regimes;

namespace TrainingCluster.Trading.Ensembles;

/// <summary>A blend of members over a window, with everything that led to it.</summary>
/// <param name="Positions">[bar of the series] Σ weight × member's position, in [−1, 1]; 0 outside the
/// window.</param>
/// <param name="Weights">[bar of the window][strategy] none below 0, sum 1; known at the close of the
/// bar.</param>
/// <param name="Regimes">[bar of the window].</param>
/// <param name="Window">The bars blended.</param>
/// <param name="Strategies">The members' names, in the order of the weights.</param>
/// <param name="Changes">Every change of regime and of weights, in order of bars.</param>
public sealed record EnsembleTrack(
    ImmutableArray<double> Positions,
    ImmutableArray<ImmutableArray<double>> Weights,
    ImmutableArray<MarketRegime> Regimes,
    IndexRange Window,
    ImmutableArray<string> Strategies,
    ImmutableArray<EnsembleChange> Changes);
