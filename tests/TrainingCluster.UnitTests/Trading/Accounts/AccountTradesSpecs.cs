using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.UnitTests.Trading.Accounts;

public sealed class AccountTradesSpecs
{
    [Fact]
    public void Stays_on_one_side_are_trades_with_their_own_fees()
    {
        var bars = HandBars.OfCloses(100, 100, 110, 121, 100, 100);
        var options = new AccountOptions { Costs = new CostModel(0.01) { Capital = 1000 } };
        double[] shares = [0.5, 0.5, -0.5, -0.5, 0.5, 0.5];

        var account = AccountSimulator.Run([bars], new Changes(shares), options);
        var trades = AccountTrades.Of(account, ["HAND"], [100]);

        Assert.Equal([(1, 3), (3, 5), (5, 5)], trades.Select(trade => (trade.EntryBar, trade.ExitBar)));
        Assert.Equal([1, -1, 1], trades.Select(trade => (int)trade.Direction));
        Assert.Equal([true, true, false], trades.Select(trade => trade.IsClosed));

        // Bought at 100, sold at 110: 10 per unit less 1 and 1.1 for fees.
        Assert.Equal(0.079, trades[0].NetReturn, 1e-9);
        Assert.Equal((110 - 100 - 1.1 - 1) / 110, trades[1].NetReturn, 1e-9);
        Assert.Equal(-0.01, trades[2].NetReturn, 1e-9);
    }

    private sealed class Changes(double[] shares) : IAccountPolicy
    {
        public void Decide(AccountMoment moment, IList<AccountOrder> orders)
        {
            var bar = moment.Bars[0];
            if (bar == 0 || shares[bar] != shares[bar - 1])
            {
                orders.Add(new AccountOrder(0, shares[bar]));
            }
        }
    }
}
