namespace TrainingCluster.Features.Windows;

/// <summary>A run of bars by index.</summary>
/// <param name="Start">The first bar.</param>
/// <param name="End">The bar after the last one.</param>
public readonly record struct IndexRange(int Start, int End)
{
    /// <summary>How many bars; never below zero.</summary>
    public int Count => Math.Max(0, End - Start);

    public bool Contains(int index) => index >= Start && index < End;

    public override string ToString() => $"[{Start}, {End})";
}
