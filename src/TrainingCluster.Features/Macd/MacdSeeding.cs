namespace TrainingCluster.Features.Macd;

/// <summary>How the averages of a MACD begin.</summary>
public enum MacdSeeding
{
    /// <summary>Each with the mean of its own first period.</summary>
    Own,

    /// <summary>
    /// The fast one together with the slow one, with the mean of the values just before, as TA-Lib does; the
    /// same as <see cref="Own"/> within some dozens of bars.
    /// </summary>
    Together,

    /// <summary>
    /// Appel's fixed weights .15 and .075, each average beginning with the first value, as MetaStock does;
    /// the periods only tell when it is defined.
    /// </summary>
    Fixed,
}
