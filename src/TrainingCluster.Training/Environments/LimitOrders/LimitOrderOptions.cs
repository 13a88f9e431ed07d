namespace TrainingCluster.Training.Environments.LimitOrders;

/// <summary>
/// Episodes of limit orders as in Sun et al. 2022, "DeepScalper" (arXiv:2201.09058): each bar one order with a price
/// level and a quantity. Defaults: 21 levels of 1 basis point, 11 quantities of a fifth of the equity, a session of
/// 390 one-minute bars.
/// </summary>
public sealed record LimitOrderOptions
{
    /// <summary>Bars that an observation shows, the current one included.</summary>
    public int Lookback { get; init; } = 120;

    /// <summary>Most decisions of an episode.</summary>
    public int EpisodeBars { get; init; } = 390;

    /// <summary>
    /// Choices of the price branch, odd. Choice c stands for level ℓ = c − (choices − 1)/2. With p the close of
    /// the deciding bar and d the <see cref="LevelRatio"/>, a purchase is limited to p·(1 + ℓ·d) and a sale to
    /// p·(1 − ℓ·d): a higher level gives in more, whichever side the order is on.
    /// </summary>
    public int PriceLevels { get; init; } = 21;

    /// <summary>Distance of two levels as a share of the price; 0.0001 is a basis point.</summary>
    public double LevelRatio { get; init; } = 0.0001;

    /// <summary>
    /// Choices of the quantity branch, odd. Choice c buys c − (choices − 1)/2 lots; a negative number sells, 0 is
    /// no order.
    /// </summary>
    public int Quantities { get; init; } = 11;

    /// <summary>
    /// One lot as a share of the episode's first equity, in units of the market: equity / (lots · first close). The
    /// largest position is (choices − 1)/2 lots, so 1 / that many makes it the whole equity.
    /// </summary>
    public double LotRatio { get; init; } = 0.2;

    /// <summary>Whether lots below zero may be held.</summary>
    public bool AllowShort { get; init; } = true;

    /// <summary>
    /// The largest share of a bar's volume that an order may take, in (0, 1]; the rest of it lapses. Null: any.
    /// </summary>
    public double? MaxParticipation { get; init; } = 0.1;

    /// <summary>An episode whose equity falls to this share of its start is terminated.</summary>
    public double RuinEquityRatio { get; init; } = 0.5;

    /// <summary>A gap of more intervals than this between two bars begins a new session.</summary>
    public double SessionGapBars { get; init; } = 30;

    /// <summary>Lots of the largest position.</summary>
    public int MaximumLots => (Quantities - 1) / 2;

    /// <exception cref="ArgumentException">A rule is broken; the message lists all violations.</exception>
    public LimitOrderOptions Validated()
    {
        (bool Holds, string Text)[] rules =
        [
            (Lookback >= 1, $"lookback is {Lookback}; it must be at least 1"),
            (EpisodeBars >= 1, $"episode_bars is {EpisodeBars}; it must be at least 1"),
            (PriceLevels >= 1 && PriceLevels % 2 == 1,
                $"price_levels is {PriceLevels}; it must be odd, so that one is the close itself"),
            (Quantities >= 3 && Quantities % 2 == 1,
                $"quantities is {Quantities}; it must be odd and at least 3, so that one is no order"),
            (LevelRatio > 0 && LevelRatio * PriceLevels < 1,
                $"level_ratio is {LevelRatio}; it must be above 0 and leave every limit above 0"),
            (LotRatio is > 0 and <= 1, $"lot_ratio is {LotRatio}; it must be above 0 and at most 1"),
            (MaxParticipation is null or (> 0 and <= 1),
                $"max_participation is {MaxParticipation}; it must lie in (0, 1] or be left out"),
            (RuinEquityRatio is >= 0 and < 1, $"ruin_equity_ratio is {RuinEquityRatio}; it must lie in [0, 1)"),
            (SessionGapBars >= 1, $"session_gap_bars is {SessionGapBars}; it must be at least 1"),
        ];
        string[] violations = [.. rules.Where(rule => !rule.Holds).Select(rule => rule.Text)];
        return violations.Length == 0
            ? this
            : throw new ArgumentException("these limit-order settings cannot be used:\n  "
                + string.Join("\n  ", violations));
    }
}
