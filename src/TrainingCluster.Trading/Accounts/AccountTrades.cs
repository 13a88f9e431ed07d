using System.Collections.Immutable;
using TrainingCluster.Trading.Backtests;

namespace TrainingCluster.Trading.Accounts;

/// <summary>Cuts an account's fills into trades: stays in one symbol on one side.</summary>
public static class AccountTrades
{
    private const double Flat = 1e-9;

    /// <param name="result">The account.</param>
    /// <param name="symbols">In the order of the account's markets.</param>
    /// <param name="lastPrices">By symbol, to value what is still open.</param>
    /// <returns>By entry; the bars of a trade are indices of the account's moments, and its return is profit as a
    /// share of the most money that it had taken up.</returns>
    public static ImmutableArray<Trade> Of(
        AccountResult result, ImmutableArray<string> symbols, IReadOnlyList<double> lastPrices)
    {
        var trades = new List<Trade>();
        for (var symbol = 0; symbol < symbols.Length; symbol++)
        {
            var stay = new Stay();
            foreach (var fill in result.Events.Where(
                e => e.Symbol == symbols[symbol] && e.Kind is AccountEventKind.Filled or AccountEventKind.FilledInPart
                    && e.Symbol == symbols[symbol]))
            {
                var moment = result.TimesUtcMilliseconds.BinarySearch(fill.TimeUtcMilliseconds);
                var closing = Math.Sign(fill.Quantity) == -Math.Sign(stay.Quantity)
                    ? Math.Min(Math.Abs(fill.Quantity), Math.Abs(stay.Quantity)) * Math.Sign(fill.Quantity)
                    : 0;
                if (closing != 0 && stay.Trade(closing, fill, moment) is { } closed)
                {
                    trades.Add(closed);
                    stay = new Stay();
                }

                if (Math.Abs(fill.Quantity - closing) > Flat * Math.Abs(fill.Quantity))
                {
                    stay.Trade(fill.Quantity - closing, fill, moment);
                }
            }

            if (stay.Quantity != 0)
            {
                trades.Add(stay.Valued(lastPrices[symbol], result.TimesUtcMilliseconds.Length - 1));
            }
        }

        return [.. trades.OrderBy(trade => trade.EntryBar)];
    }

    private sealed class Stay
    {
        private double _cash;
        private double _largest;
        private int _entry;
        private int _side;

        public double Quantity { get; private set; }

        /// <summary>The trade where it ends with this fill.</summary>
        public Trade? Trade(double quantity, AccountEvent fill, int moment)
        {
            if (Quantity == 0)
            {
                (_entry, _side) = (moment, Math.Sign(quantity));
            }

            _cash -= quantity * fill.Price + fill.Fee * Math.Abs(quantity / fill.Quantity);
            var before = Math.Abs(Quantity);
            Quantity += quantity;
            _largest = Math.Max(_largest, Math.Abs(Quantity) * fill.Price);
            if (Math.Abs(Quantity) > Flat * before || before == 0)
            {
                return null;
            }

            Quantity = 0;
            return new Trade(_entry, moment, (sbyte)_side, _cash / _largest, IsClosed: true);
        }

        public Trade Valued(double price, int moment) => new(
            _entry, moment, (sbyte)_side, (_cash + Quantity * price) / _largest, IsClosed: false);
    }
}
