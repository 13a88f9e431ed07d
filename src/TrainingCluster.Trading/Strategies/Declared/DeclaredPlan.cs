using System.Collections.Immutable;
using TrainingCluster.Features.Labels;

namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>What a file declares, checked.</summary>
internal sealed record DeclaredPlan
{
    public required string Name { get; init; }

    /// <summary>The whole declaration as text: changes whenever the rule does.</summary>
    public required string Parameters { get; init; }

    public required BarrierOptions Barriers { get; init; }

    public required ImmutableArray<ColumnSource> Columns { get; init; }

    /// <summary>The first bar at which every condition is defined.</summary>
    public required int WarmUp { get; init; }

    public required StrategySide? Long { get; init; }

    public required StrategySide? Short { get; init; }

    public required DeclaredConfidence? Confidence { get; init; }
}
