namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>When a side is entered and left.</summary>
internal sealed record StrategySide(Condition Enter, Condition Exit);
