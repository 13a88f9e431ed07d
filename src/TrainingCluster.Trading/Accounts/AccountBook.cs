using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Trading.Accounts;

/// <summary>Cash and quantities, and the one place where an order changes them.</summary>
internal sealed class AccountBook
{
    private const double Negligible = 1e-12;

    private readonly BarSeries[] _markets;
    private readonly MarketFrictions[] _frictions;
    private readonly AccountOptions _options;
    private readonly double[] _prices;
    private readonly List<AccountEvent> _events = [];

    public AccountBook(IReadOnlyList<BarSeries> markets, AccountOptions options)
    {
        _markets = [.. markets];
        _options = options;
        _frictions = [.. markets.Select(bars => MarketFrictions.Of(bars, options.Costs))];
        _prices = new double[markets.Count];
        Quantities = new double[markets.Count];
        Cash = options.Capital;
    }

    public double Cash { get; private set; }

    public double[] Quantities { get; }

    public double Fees { get; private set; }

    public double Friction { get; private set; }

    public double Borrowing { get; private set; }

    public bool IsRuined { get; private set; }

    public IReadOnlyList<AccountEvent> Events => _events;

    public double Equity
    {
        get
        {
            var equity = Cash;
            for (var i = 0; i < Quantities.Length; i++)
            {
                equity += Quantities[i] * _prices[i];
            }

            return equity;
        }
    }

    public double Gross
    {
        get
        {
            var gross = 0.0;
            for (var i = 0; i < Quantities.Length; i++)
            {
                gross += Math.Abs(Quantities[i]) * _prices[i];
            }

            return gross;
        }
    }

    public double Value(int market) => Quantities[market] * _prices[market];

    /// <summary>From now on the symbol is valued at this price.</summary>
    public void Mark(int market, double price) => _prices[market] = price;

    /// <summary>Short positions pay for the bar that just closed.</summary>
    public void Borrow(int market)
    {
        if (Quantities[market] < 0)
        {
            var cost = _frictions[market].Borrow(-1) * -Value(market);
            Cash -= cost;
            Borrowing += cost;
        }
    }

    public void Log(long time, int market, AccountEventKind kind, string? detail = null) =>
        _events.Add(new AccountEvent(time, market < 0 ? "" : _markets[market].Symbol, kind, 0, 0, 0, 0, detail));

    /// <summary>Nothing left, nothing to lose: everything is given up and the account trades no more.</summary>
    public void RuinIfBroke(long time)
    {
        if (!IsRuined && Equity <= 0)
        {
            IsRuined = true;
            Cash = 0;
            Array.Clear(Quantities);
            Log(time, -1, AccountEventKind.Ruined, "equity fell to zero or below; all positions are given up");
        }
    }

    /// <summary>Meets the order with bar <paramref name="t"/> of its symbol.</summary>
    public void Fill(AccountOrder order, int t)
    {
        var bars = _markets[order.Market];
        var time = bars.Times[t];
        var open = bars.Open[t];
        Mark(order.Market, open);
        var (allowed, cut) = Allowed(order);
        var wanted = Rounded(allowed * Equity / (order.Limit ?? open)) - Quantities[order.Market];
        if (Math.Abs(wanted) * open <= Negligible * _options.Capital)
        {
            if (cut is not null)
            {
                Log(time, order.Market, AccountEventKind.Refused, cut);
            }

            return;
        }

        var (quantity, thin) = Available(wanted, bars.Volume[t]);
        if (quantity == 0)
        {
            Log(time, order.Market, AccountEventKind.Refused, thin);
            return;
        }

        if (Price(order, t, quantity) is not { } price)
        {
            Log(time, order.Market, AccountEventKind.Expired,
                FormattableString.Invariant($"the bar did not trade through {order.Limit}"));
            return;
        }

        var fee = Math.Abs(quantity) * price * _options.Costs.FeeRatio;
        // A limit order that rests is filled at its own price: that is no friction.
        var friction = order.Limit is null || Better(open, order.Limit.Value, quantity)
            ? Math.Abs(quantity) * Math.Abs(price - open)
            : 0;
        Cash -= quantity * price + fee;
        Quantities[order.Market] += quantity;
        Fees += fee;
        Friction += friction;
        _events.Add(new AccountEvent(
            time,
            bars.Symbol,
            cut is null && thin is null ? AccountEventKind.Filled : AccountEventKind.FilledInPart,
            quantity,
            price,
            fee,
            friction,
            cut ?? thin));
    }

    /// <summary>Null where a limit is not traded through.</summary>
    private double? Price(AccountOrder order, int t, double quantity)
    {
        var bars = _markets[order.Market];
        var open = bars.Open[t];
        var side = Math.Sign(quantity);
        var slippage = _options.Costs.SpreadRatio / 2
            + _frictions[order.Market].Slippage(Math.Max(0, t - 1), Math.Abs(quantity) * open);
        var taken = open * (1 + side * slippage);
        if (order.Limit is not { } limit)
        {
            return taken;
        }

        return LimitFill.TryPrice(side, limit, taken, bars.Low[t], bars.High[t], out var price) ? price : null;
    }

    private static bool Better(double open, double limit, double quantity) =>
        quantity > 0 ? open < limit : open > limit;

    private (double Share, string? Cut) Allowed(AccountOrder order)
    {
        var share = order.Share;
        string? cut = null;
        if (share < 0 && !_options.AllowShort)
        {
            (share, cut) = (0, "short positions are not allowed");
        }

        if (Math.Abs(share) > _options.MaxSymbolShare)
        {
            (share, cut) = (Math.Sign(share) * _options.MaxSymbolShare, FormattableString.Invariant(
                $"a position is at most {_options.MaxSymbolShare} of equity"));
        }

        var equity = Equity;
        var others = Gross - Math.Abs(Value(order.Market));
        var room = Math.Max(0, _options.MaxGrossShare - others / equity);

        // A position that prices have carried beyond the limit may stay as it is, but not grow.
        if (Math.Abs(share) > room + 1e-9)
        {
            (share, cut) = (Math.Sign(share) * room, FormattableString.Invariant(
                $"positions together are at most {_options.MaxGrossShare} of equity"));
        }

        return (share, cut);
    }

    private double Rounded(double quantity) =>
        _options.Lot > 0 ? Math.Truncate(quantity / _options.Lot) * _options.Lot : quantity;

    private (double Quantity, string? Thin) Available(double wanted, double volume)
    {
        if (_options.MaxParticipation is not { } most || Math.Abs(wanted) <= most * volume)
        {
            return (wanted, null);
        }

        var quantity = Rounded(most * volume);
        return (Math.Sign(wanted) * quantity, FormattableString.Invariant(
            $"an order takes at most {most} of the bar's volume of {volume}"));
    }
}
