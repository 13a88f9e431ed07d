namespace TrainingCluster.Features.Indicators;

/// <summary>A parameter of an indicator: a whole number, a number, or one of some words.</summary>
/// <param name="Name">As specs write it.</param>
/// <param name="Default">As text.</param>
/// <param name="Choices">The words it may be; empty for numbers.</param>
/// <param name="IsWhole">A number without fraction.</param>
public sealed record IndicatorParameter(string Name, string Default, IReadOnlyList<string> Choices, bool IsWhole);
