using System.Text.Json.Serialization;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Training.Jobs;

/// <summary>
/// What trading costs beside the fee; meaning and units are those of <see cref="CostModel"/>. Part of a job's identity
/// where they are not the standard ones.
/// </summary>
/// <param name="SpreadRatio">Distance of bid and ask as a share of the price.</param>
/// <param name="VolatilitySlippage">Slippage of any order, in average true ranges.</param>
/// <param name="ImpactSlippage">Slippage of an order as large as a bar's volume, in average true ranges.</param>
/// <param name="BorrowRatioPerYear">What short positions pay in a year.</param>
/// <param name="Capital">Money that one unit of equity stands for.</param>
public sealed record TradingFrictions(
    double SpreadRatio = 0,
    double VolatilitySlippage = 0,
    double ImpactSlippage = 0,
    double BorrowRatioPerYear = 0,
    double Capital = TradingFrictions.StandardCapital)
{
    public const double StandardCapital = 100_000;

    public static TradingFrictions None { get; } = new();

    /// <summary>By the names that job digests and messages use, in their order, with the standard value.</summary>
    [JsonIgnore]
    public ImmutableArray<(string Name, double Value, double Standard)> Named =>
    [
        ("spread", SpreadRatio, 0), ("slippage", VolatilitySlippage, 0), ("impact", ImpactSlippage, 0),
        ("borrow", BorrowRatioPerYear, 0), ("capital", Capital, StandardCapital),
    ];

    /// <summary>Every violation, naming the value and the rule.</summary>
    public IEnumerable<string> Violations()
    {
        if (!(SpreadRatio is >= 0 and < 1))
        {
            yield return FormattableString.Invariant(
                $"spread is {SpreadRatio}; it must be in [0, 1), where 0.0002 is 2 basis points");
        }

        foreach (var (name, value, _) in Named.Where(one => one.Name is "slippage" or "impact" or "borrow"))
        {
            if (!(value >= 0 && double.IsFinite(value)))
            {
                yield return FormattableString.Invariant($"{name} is {value}; it must be at least 0 and finite");
            }
        }

        if (!(Capital > 0 && double.IsFinite(Capital)))
        {
            yield return FormattableString.Invariant($"capital is {Capital}; it must be above 0 and finite");
        }
    }

    /// <summary>With a fee: all that trading costs.</summary>
    public CostModel With(double feeRatio) => new(feeRatio)
    {
        SpreadRatio = SpreadRatio,
        VolatilitySlippage = VolatilitySlippage,
        ImpactSlippage = ImpactSlippage,
        BorrowRatioPerYear = BorrowRatioPerYear,
        Capital = Capital,
    };
}
