namespace TrainingCluster.Registry.Grades;

/// <summary>The names under which jobs report what grades are made of.</summary>
public static class MetricNames
{
    /// <summary>Ratio of right predictions, out of sample.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>Mean loss, out of sample.</summary>
    public const string Loss = "loss";

    /// <summary>Coefficient of determination, out of sample.</summary>
    public const string RSquared = "r_squared";

    /// <summary>Annual return net of costs, in basis points.</summary>
    public const string RewardBasisPoints = "reward_bps";

    /// <summary>Annualised Sharpe ratio net of costs.</summary>
    public const string Sharpe = "sharpe";

    /// <summary>Largest fall of the equity from a peak, as a positive ratio.</summary>
    public const string MaxDrawdown = "max_drawdown";

    /// <summary>1 less the mean correlation between an ensemble's members.</summary>
    public const string Diversity = "diversity";
}
