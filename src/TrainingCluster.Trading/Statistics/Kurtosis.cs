namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// The fourth standardised moment as it is: 3 for a normal distribution. The Sharpe formulas take this one.
/// </summary>
public readonly record struct RawKurtosis(double Value)
{
    public static RawKurtosis Normal => new(3);

    public ExcessKurtosis ToExcess() => new(Value - 3);
}

/// <summary>
/// The fourth standardised moment less 3: 0 for a normal distribution. Most libraries report this one.
/// </summary>
public readonly record struct ExcessKurtosis(double Value)
{
    public RawKurtosis ToRaw() => new(Value + 3);
}
