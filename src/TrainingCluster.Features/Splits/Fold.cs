using System.Collections.Immutable;
using TrainingCluster.Features.Windows;

namespace TrainingCluster.Features.Splits;

/// <summary>One fold of a cross-validation.</summary>
/// <param name="Held">The bars held out.</param>
/// <param name="TrainBars">The bars to fit on, ascending; none of their labels looks into the held
/// labels.</param>
public sealed record Fold(IndexRange Held, ImmutableArray<int> TrainBars);
