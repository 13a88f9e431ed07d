namespace TrainingCluster.Training.Environments.Market;

/// <summary>
/// How a position changes by a decision, what the decision earns, and what an agent sees. Shared by the
/// training episodes and the evaluation, so that both are one game; fills and costs are the market
/// simulator's.
/// </summary>
public sealed class MarketDynamics(MarketColumns columns)
{
    /// <summary>
    /// Entries that describe the position: in the strategy's frame, absolute, open profit, age.
    /// </summary>
    public const int PositionEntries = 4;

    public const int ActionCount = 4;

    /// <summary>Choices of a branching action: keep or trade, and a size of 0 to 10 tenths.</summary>
    public static readonly ImmutableArray<int> Branches = [2, 11];

    /// <summary>Rewards are net log returns in per cent: of the order of 1 on daily bars.</summary>
    public const double RewardScale = 100;

    /// <summary>
    /// A log return is cut here, so that a lost account is a very bad step and not minus infinity.
    /// </summary>
    private const double WorstLogReturn = -3;

    public MarketColumns Columns { get; } = columns;

    public int ObservationSize => Columns.Width + PositionEntries;

    /// <summary>What an agent sees at the close of a bar. Uses nothing after it.</summary>
    /// <param name="observation">[entry]: the market's row, then held × direction, held, open profit in per
    /// cent of equity at the bar's close, and log(1 + bars held).</param>
    public void Observe(int bar, in MarketPosition position, Span<float> observation)
    {
        var width = Columns.Width;
        Columns.Observed.AsSpan(bar * width, width).CopyTo(observation);
        var profit = position.Held == 0
            ? 0
            : position.Held * (Columns.Close(bar) / position.EntryPrice - 1);
        observation[width] = (float)(position.Held * Columns.Direction[bar]);
        observation[width + 1] = (float)position.Held;
        observation[width + 2] = (float)(RewardScale * profit);
        observation[width + 3] = MathF.Log(1 + position.BarsHeld);
    }

    /// <summary>The position that an action asks for at a bar.</summary>
    public double Target(int bar, double held, MarketAction action) => action switch
    {
        MarketAction.Hold => held,
        MarketAction.Exit => 0,
        MarketAction.Half => 0.5 * Columns.Direction[bar],
        _ => Columns.Direction[bar],
    };

    /// <summary>The position that a branching action asks for at a bar: decisions fill at the market, so there is no
    /// price to choose, and what is left of a limit order is whether to trade, and how much.</summary>
    /// <param name="trade">0 keeps what is held, 1 goes to the size.</param>
    /// <param name="tenths">Size in the strategy's direction of the bar, 0 to 10 tenths of the equity.</param>
    public double Target(int bar, double held, int trade, int tenths) =>
        trade == 0 ? held : tenths / 10.0 * Columns.Direction[bar];

    /// <summary>Carries a decision of a bar to the next fill.</summary>
    /// <returns>The reward: log(1 + net return) × <see cref="RewardScale"/>.</returns>
    public double Step(int bar, MarketAction action, ref MarketPosition position) =>
        Step(bar, Target(bar, position.Held, action), ref position);

    /// <summary>The position that a number in [−1, 1] asks for at a bar.</summary>
    public double Target(int bar, double number, TargetFrame frame) =>
        frame == TargetFrame.Absolute ? number : (1 + number) / 2 * Columns.Direction[bar];

    /// <summary>Carries a position decided at a bar to the next fill.</summary>
    /// <param name="target">Share of equity, −1 to 1.</param>
    /// <returns>The reward: log(1 + net return) × <see cref="RewardScale"/>.</returns>
    public double Step(int bar, double target, ref MarketPosition position)
    {
        var net = Columns.NetReturn(bar, target, position.Held);
        var equity = position.Equity * (1 + net);
        position = Moved(position, target, Columns.FillPrice(bar)) with { Equity = equity };
        return RewardScale * Math.Max(WorstLogReturn, Math.Log(1 + net));
    }

    private static MarketPosition Moved(in MarketPosition position, double target, double price)
    {
        if (target == 0)
        {
            return MarketPosition.Flat;
        }

        if (Math.Sign(target) != Math.Sign(position.Held))
        {
            return new MarketPosition(target, price, 1, 0);
        }

        var (held, size) = (Math.Abs(position.Held), Math.Abs(target));
        var entry = size <= held
            ? position.EntryPrice
            : (held * position.EntryPrice + (size - held) * price) / size;
        return new MarketPosition(target, entry, position.BarsHeld + 1, 0);
    }
}
