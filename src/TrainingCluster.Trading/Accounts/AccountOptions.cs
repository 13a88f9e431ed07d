using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Trading.Accounts;

/// <summary>The account and what it may hold.</summary>
public sealed record AccountOptions
{
    /// <summary>Money at the start.</summary>
    public double Capital => Costs.Capital;

    /// <summary>Fees, spread, slippage, borrowing and the capital.</summary>
    public CostModel Costs { get; init; } = new();

    /// <summary>The largest position in one symbol, as a share of equity at the fill; above 0.</summary>
    public double MaxSymbolShare { get; init; } = 1;

    /// <summary>The largest sum of absolute positions, as a share of equity at the fill; above 0.</summary>
    public double MaxGrossShare { get; init; } = 1;

    /// <summary>The largest share of a bar's volume that one order may take, in (0, 1]; null: any.</summary>
    public double? MaxParticipation { get; init; }

    /// <summary>Whether positions below zero are allowed.</summary>
    public bool AllowShort { get; init; } = true;

    /// <summary>Smallest unit of quantity; 0: any fraction.</summary>
    public double Lot { get; init; }

    /// <exception cref="ArgumentException">A value is out of range; the message lists all.</exception>
    public void Validate()
    {
        var broken = new List<string>();
        Require(MaxSymbolShare > 0 && double.IsFinite(MaxSymbolShare),
            $"MaxSymbolShare is {MaxSymbolShare}; it must be above 0 and finite");
        Require(MaxGrossShare > 0 && double.IsFinite(MaxGrossShare),
            $"MaxGrossShare is {MaxGrossShare}; it must be above 0 and finite");
        Require(MaxParticipation is null or (> 0 and <= 1),
            $"MaxParticipation is {MaxParticipation}; it must be above 0 and at most 1");
        Require(Lot >= 0 && double.IsFinite(Lot), $"Lot is {Lot}; it must be at least 0 and finite");
        if (broken.Count > 0)
        {
            throw new ArgumentException("The account cannot be used:\n  " + string.Join("\n  ", broken));
        }

        void Require(bool holds, FormattableString otherwise)
        {
            if (!holds)
            {
                broken.Add(FormattableString.Invariant(otherwise));
            }
        }
    }
}
