namespace TrainingCluster.Trading.AbTests;

/// <summary>What a comparison of a challenger with a champion says.</summary>
public enum AbVerdict
{
    /// <summary>Not enough evidence, an error, or no data: never a success.</summary>
    Inconclusive,

    /// <summary>Better than the champion.</summary>
    Superior,

    /// <summary>Not worse by more than the margin, and not shown to be better.</summary>
    NonInferior,

    /// <summary>Worse by more than the margin.</summary>
    Inferior,
}
