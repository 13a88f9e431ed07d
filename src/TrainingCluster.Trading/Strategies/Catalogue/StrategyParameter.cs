namespace TrainingCluster.Trading.Strategies.Catalogue;

/// <summary>One setting of a strategy.</summary>
/// <param name="Name">As specs write it.</param>
/// <param name="Meaning">What it is, with its unit.</param>
/// <param name="Default">Used where a spec does not name it.</param>
/// <param name="Minimum">The smallest value allowed.</param>
/// <param name="Maximum">The largest value allowed.</param>
/// <param name="IsWhole">A number without fraction.</param>
public sealed record StrategyParameter(
    string Name, string Meaning, double Default, double Minimum, double Maximum, bool IsWhole)
{
    /// <summary>What a value must be, in words.</summary>
    public string Rule => FormattableString.Invariant(
        $"a {(IsWhole ? "whole " : "")}number from {Minimum} to {Maximum}");

    public bool Accepts(double value) =>
        value >= Minimum && value <= Maximum && (!IsWhole || value == Math.Floor(value));
}
