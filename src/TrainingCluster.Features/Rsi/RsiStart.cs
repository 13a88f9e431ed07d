namespace TrainingCluster.Features.Rsi;

/// <summary>Where the relative strength index begins.</summary>
public enum RsiStart
{
    /// <summary>After a whole period of changes, at bar <c>period</c>.</summary>
    Wilder,

    /// <summary>
    /// As MetaStock does: one bar earlier, from the changes there are by then; the same from bar
    /// <c>period</c> on.
    /// </summary>
    Early,
}
