using System.Collections.Immutable;

namespace TrainingCluster.Trading.Leakage;

/// <summary>Everything that a run did, bar by bar.</summary>
public sealed record PipelineRun
{
    /// <summary>What the learner read: selected, scaled, encoded.</summary>
    public required ImmutableArray<PipelineColumn> Columns { get; init; }

    /// <summary>The bars whose rows and labels the learner was fitted on, repeats included.</summary>
    public required ImmutableArray<int> TrainBars { get; init; }

    /// <summary>[bar] 1 up, −1 down, 0 none.</summary>
    public required double[] Predictions { get; init; }

    /// <summary>[bar] decided at its close, in [−1, 1].</summary>
    public required double[] Positions { get; init; }

    /// <summary>One for each fitted step: scalers, selections, encodings, the learner.</summary>
    public ImmutableArray<FitWindow> Fits { get; init; } = [];

    public ImmutableArray<PipelineFill> Fills { get; init; } = [];

    public ImmutableArray<AsOfJoin> Joins { get; init; } = [];
}

/// <summary>The bars that a fitted step has seen.</summary>
public sealed record FitWindow(string Step, int FirstBar, int LastBar);

/// <summary>An order that was filled.</summary>
/// <param name="DecisionBar">At whose close it was decided.</param>
/// <param name="FillBar">In which it was filled.</param>
/// <param name="Side">1 bought, −1 sold.</param>
/// <param name="Price">At which it was filled.</param>
public sealed record PipelineFill(int DecisionBar, int FillBar, int Side, double Price);

/// <summary>A row of another source that was joined to a bar.</summary>
/// <param name="Source">The other source.</param>
/// <param name="Bar">The bar it was joined to.</param>
/// <param name="AvailableAt">When the row could be known, Unix milliseconds UTC.</param>
public sealed record AsOfJoin(string Source, int Bar, long AvailableAt);
