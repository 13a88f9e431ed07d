namespace TrainingCluster.Trading.Verdicts;

/// <summary>One of several that could have been chosen, or what they must beat.</summary>
/// <param name="Name">For people.</param>
/// <param name="Returns">Net, one a bar; all of a field on the same bars.</param>
public sealed record Competitor(string Name, double[] Returns);
