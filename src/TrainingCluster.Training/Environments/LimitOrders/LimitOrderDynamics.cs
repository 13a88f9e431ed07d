using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Training.Environments.LimitOrders;

/// <summary>
/// What an order does, what a decision earns, and what an agent sees: one game for training and evaluation. Fills are
/// those of <see cref="LimitFill"/>.
/// </summary>
public sealed class LimitOrderDynamics(LimitOrderColumns columns)
{
    /// <summary>Held ÷ largest position, open profit, profit of the episode, decisions left.</summary>
    public const int AccountEntries = 4;

    /// <summary>Rewards are changes of equity in per cent of the episode's first one.</summary>
    public const double RewardScale = 100;

    private const double Negligible = 1e-9;

    public LimitOrderColumns Columns { get; } = columns;

    public int ObservationSize => Columns.MarketEntries + AccountEntries;

    /// <summary>Choices of the price branch and of the quantity branch.</summary>
    public ImmutableArray<int> Branches { get; } = [columns.Options.PriceLevels, columns.Options.Quantities];

    /// <summary>The first bar whose lookback is whole.</summary>
    public int FirstBar => Columns.Options.Lookback - 1;

    /// <summary>Carries a decision at the close of a bar to the close of the next one.</summary>
    /// <param name="bar">The next bar must exist.</param>
    /// <param name="level">Choice of the price branch.</param>
    /// <param name="quantity">Choice of the quantity branch.</param>
    /// <param name="close">Whether everything is sold or bought back at the next close, whatever the decision.</param>
    /// <returns>The reward: change of equity × <see cref="RewardScale"/>.</returns>
    public double Step(int bar, int level, int quantity, bool close, ref LimitOrderAccount account)
    {
        var before = account.Equity;
        var wanted = Allowed(account.Lots, quantity - Columns.Options.MaximumLots);
        if (wanted != 0)
        {
            Fill(bar, Limit(bar, level, wanted), wanted, ref account);
        }

        var last = Columns.Bars.Close[bar + 1];
        if (close && account.Lots != 0)
        {
            account = account.Traded(-account.Lots, last, Columns.Costs.TurnoverRatio);
        }

        account = account.MarkedAt(last);
        return RewardScale * (account.Equity - before);
    }

    /// <summary>The price that an order of a bar is limited to.</summary>
    /// <param name="side">Above 0 buys, below 0 sells.</param>
    public double Limit(int bar, int level, double side)
    {
        var options = Columns.Options;
        var distance = (level - (options.PriceLevels - 1) / 2) * options.LevelRatio;
        return Columns.Bars.Close[bar] * (1 + Math.Sign(side) * distance);
    }

    /// <summary>What an agent sees at the close of a bar. Uses nothing after it.</summary>
    /// <param name="left">Decisions that the episode has left, as a share of the longest episode.</param>
    /// <param name="observation">[entry]: [lookback, micro] with the oldest bar first, macro, account.</param>
    public void Observe(int bar, in LimitOrderAccount account, double left, Span<float> observation)
    {
        Recall(bar, observation);
        var own = observation.Slice(Columns.MarketEntries, AccountEntries);
        var units = account.Lots * account.LotUnits;
        own[0] = (float)(account.Lots / Columns.Options.MaximumLots);
        own[1] = (float)(RewardScale * units * (Columns.Bars.Close[bar] - account.EntryPrice));
        own[2] = (float)(RewardScale * (account.Equity - 1));
        own[3] = (float)left;
    }

    /// <summary>The part of an observation that is the market's.</summary>
    public void Recall(int bar, Span<float> observation)
    {
        var window = Columns.Options.Lookback * Columns.MicroWidth;
        Columns.Micro.AsSpan((bar + 1) * Columns.MicroWidth - window, window).CopyTo(observation);
        Columns.Macro.AsSpan(bar * Columns.MacroWidth, Columns.MacroWidth).CopyTo(observation[window..]);
    }

    private double Allowed(double held, double wanted)
    {
        var most = Columns.Options.MaximumLots;
        var least = Columns.Options.AllowShort ? -most : 0;
        var lots = Math.Clamp(held + wanted, Math.Min(least, held), Math.Max(most, held)) - held;
        return Math.Abs(lots) < Negligible ? 0 : lots;
    }

    private void Fill(int bar, double limit, double wanted, ref LimitOrderAccount account)
    {
        var bars = Columns.Bars;
        var fill = MarketSimulator.FillBar(bar);
        if (!LimitFill.TryPrice(wanted, limit, bars.Open[fill], bars.Low[fill], bars.High[fill], out var price))
        {
            return;
        }

        var lots = wanted;
        if (Columns.Options.MaxParticipation is { } share)
        {
            // Volume is in units of the market for the whole capital; an equity of 1 stands for the capital.
            var most = share * bars.Volume[fill] / (account.LotUnits * Columns.Costs.Capital);
            lots = Math.Sign(wanted) * Math.Min(Math.Abs(wanted), most);
        }

        if (Math.Abs(lots) >= Negligible)
        {
            account = account.Traded(lots, price, Columns.Costs.TurnoverRatio);
        }
    }
}
