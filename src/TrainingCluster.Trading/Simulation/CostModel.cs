namespace TrainingCluster.Trading.Simulation;

/// <summary>What trading costs.</summary>
/// <param name="FeeRatio">Share of equity paid per unit of turnover: going from flat to fully long costs this
/// once, from fully long to fully short twice. In [0, 1).</param>
public sealed record CostModel(double FeeRatio = 0.0005)
{
    private const double MostRatio = 0.999;

    public static CostModel Free { get; } = new(0);

    public double FeeRatio { get; init; } = FeeRatio is >= 0 and < 1
        ? FeeRatio
        : throw new ArgumentOutOfRangeException(
            nameof(FeeRatio), FeeRatio, "the fee ratio must be at least 0 and below 1");

    /// <summary>Distance of bid and ask as a share of the price: a unit of turnover pays half. In [0, 1).</summary>
    public double SpreadRatio
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(SpreadRatio), value, "the spread ratio must be at least 0 and below 1");
    }

    /// <summary>
    /// Slippage of a unit of turnover in average true ranges of the deciding bar: what the price moves while a
    /// small order is worked. At least 0.
    /// </summary>
    public double VolatilitySlippage
    {
        get;
        init => field = Finite(value, nameof(VolatilitySlippage));
    }

    /// <summary>
    /// Slippage in average true ranges of an order as large as the volume of a bar; it grows with the square root
    /// of the order's share of the volume (Almgren, Thum, Hauptmann, Li 2005, "Direct Estimation of Equity Market
    /// Impact", Risk 18:7, find powers near 1/2). At least 0.
    /// </summary>
    public double ImpactSlippage
    {
        get;
        init => field = Finite(value, nameof(ImpactSlippage));
    }

    /// <summary>Money that one unit of equity stands for, to know an order's share of the volume; above 0.</summary>
    public double Capital
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(Capital), value, "the capital must be above 0 and finite");
    } = 100_000;

    /// <summary>What a short position of one unit of equity pays in a year, as a ratio; at least 0.</summary>
    public double BorrowRatioPerYear
    {
        get;
        init => field = Finite(value, nameof(BorrowRatioPerYear));
    }

    /// <summary>What every unit of turnover pays whatever the bar: fee and half the spread.</summary>
    public double TurnoverRatio => FeeRatio + SpreadRatio / 2;

    /// <summary>Whether costs differ from bar to bar.</summary>
    public bool DependsOnBars => VolatilitySlippage > 0 || ImpactSlippage > 0;

    /// <summary>The same costs several times: what is left of a result if trading is dearer than thought.</summary>
    /// <param name="factor">At least 0; a ratio stays below 1.</param>
    public CostModel Times(double factor) => this with
    {
        FeeRatio = Math.Min(FeeRatio * factor, MostRatio),
        SpreadRatio = Math.Min(SpreadRatio * factor, MostRatio),
        VolatilitySlippage = VolatilitySlippage * factor,
        ImpactSlippage = ImpactSlippage * factor,
        BorrowRatioPerYear = BorrowRatioPerYear * factor,
    };

    private static double Finite(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "the value must be at least 0 and finite");
}
