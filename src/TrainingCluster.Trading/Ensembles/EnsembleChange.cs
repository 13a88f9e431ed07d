using System.Collections.Immutable;
using TrainingCluster.Trading.Regimes;

namespace TrainingCluster.Trading.Ensembles;

/// <summary>Something that changed at the close of a bar.</summary>
/// <param name="Bar">The bar; decisions from this bar on follow it.</param>
public abstract record EnsembleChange(int Bar);

/// <summary>The market's regime changed.</summary>
/// <param name="Bar">The bar.</param>
/// <param name="From">Null at the window's first bar.</param>
/// <param name="To">The regime from this bar on.</param>
public sealed record RegimeChanged(int Bar, MarketRegime? From, MarketRegime To) : EnsembleChange(Bar);

/// <summary>The weights changed.</summary>
/// <param name="Bar">The bar.</param>
/// <param name="Before">One weight a strategy; empty at the window's first bar.</param>
/// <param name="After">One weight a strategy: none below 0, sum 1.</param>
/// <param name="Reason">Which regime and which strategies' closed trades led to it.</param>
public sealed record WeightsChanged(
    int Bar, ImmutableArray<double> Before, ImmutableArray<double> After, string Reason)
        : EnsembleChange(Bar);
