namespace TrainingCluster.Training.Policies;

/// <summary>One iteration of an agent's training as progress and report tell it.</summary>
internal interface ICurvePoint
{
    /// <summary>Updates by its end.</summary>
    long Update { get; }

    /// <summary>Always the same names in the same order.</summary>
    ImmutableArray<CurveNumber> Numbers { get; }
}

/// <summary>A number of an iteration.</summary>
/// <param name="Name">In the report.</param>
/// <param name="Brief">In progress; null keeps it out.</param>
/// <param name="Value">Null or not finite where it is not defined.</param>
internal readonly record struct CurveNumber(string Name, string? Brief, double? Value);
