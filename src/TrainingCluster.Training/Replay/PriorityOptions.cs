namespace TrainingCluster.Training.Replay;

/// <summary>
/// Prioritised replay, proportional variant: Schaul et al. 2016, arXiv:1511.05952, section 3.3. The priority
/// of a transition is (|δ| + ε) · (1 + profit weight · profit impact + rarity weight · rarity + regime weight
/// · regime change): without the weights it is the paper's.
/// </summary>
public sealed record PriorityOptions
{
    /// <summary>How much priorities matter: 0 not at all, 1 in full proportion.</summary>
    public double Alpha { get; init; } = 0.6;

    /// <summary>Importance correction at the start; it grows linearly to 1 over the training.</summary>
    public double BetaStart { get; init; } = 0.4;

    /// <summary>Added to every |δ|, so that nothing is forgotten for good.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Of a transition's profit impact: |reward| by its running mean, at most
    /// <see cref="LargestImpact"/>.</summary>
    public double ProfitWeight { get; init; }

    /// <summary>Of a bar's rarity, see <see cref="BarSignals"/>.</summary>
    public double RarityWeight { get; init; }

    /// <summary>Of a change of market regime at the bar, see <see cref="BarSignals"/>.</summary>
    public double RegimeWeight { get; init; }

    /// <summary>Where the profit impact is cut.</summary>
    public double LargestImpact { get; init; } = 10;

    /// <summary>Priorities depend on more than the TD error.</summary>
    public bool HasSignals => ProfitWeight > 0 || RarityWeight > 0 || RegimeWeight > 0;

    /// <summary>What is wrong, one sentence a rule.</summary>
    public IEnumerable<string> Violations()
    {
        (string Name, double Value, double Lowest, double Highest)[] ranges =
        [
            ("priority alpha", Alpha, 0, 1),
            ("priority beta", BetaStart, 0, 1),
            ("priority epsilon", Epsilon, 0, 1),
            ("profit weight", ProfitWeight, 0, 1000),
            ("rarity weight", RarityWeight, 0, 1000),
            ("regime weight", RegimeWeight, 0, 1000),
            ("largest impact", LargestImpact, 0, 1000),
        ];
        return ranges.Where(range => !(range.Value >= range.Lowest && range.Value <= range.Highest))
            .Select(range =>
                $"{range.Name} is {range.Value}; it must lie in {range.Lowest} to {range.Highest}");
    }
}
