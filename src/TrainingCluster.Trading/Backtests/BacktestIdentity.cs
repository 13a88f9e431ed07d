using System.Globalization;
using System.Text;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Trading.Backtests;

/// <summary>
/// What makes two backtests of a rule the same trial: the rule with every setting, costs and account. The bootstrap's
/// seed and where a report goes change no return and are no part of it.
/// </summary>
public static class BacktestIdentity
{
    /// <param name="rule">What is tested.</param>
    /// <param name="account">Costs and limits.</param>
    /// <param name="limitRatio">Distance of limit orders; null: orders fill at the open.</param>
    public static Digest SpecOf(IStrategyRule rule, AccountOptions account, double? limitRatio)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return SpecOf($"rule={rule.Parameters}", account, limitRatio);
    }

    /// <param name="model">Digest of its files.</param>
    /// <param name="account">Costs.</param>
    public static Digest SpecOf(Digest model, AccountOptions account) => SpecOf($"model={model.Hex}", account, null);

    private static Digest SpecOf(string subject, AccountOptions account, double? limitRatio)
    {
        var text = new StringBuilder();
        void Line(string key, double? value) =>
            text.Append(key).Append('=').Append(value?.ToString("R", CultureInfo.InvariantCulture)).Append('\n');

        text.Append("format=1\nkind=backtest\n").Append(subject).Append('\n');
        var costs = account.Costs;
        Line("fee", costs.FeeRatio);
        Line("spread", costs.SpreadRatio);
        Line("slippage", costs.VolatilitySlippage);
        Line("impact", costs.ImpactSlippage);
        Line("borrow", costs.BorrowRatioPerYear);
        Line("capital", costs.Capital);
        Line("max_symbol", account.MaxSymbolShare);
        Line("max_gross", account.MaxGrossShare);
        Line("max_participation", account.MaxParticipation);
        Line("short", account.AllowShort ? 1 : 0);
        Line("lot", account.Lot);
        Line("limit", limitRatio);
        return Digest.Of(text.ToString());
    }

    /// <summary>
    /// The data lineage: that of a training on the same bars where they can be trained on together, else all of their
    /// digests; their order does not matter.
    /// </summary>
    public static Digest DataOf(IReadOnlyCollection<BarSeries> markets)
    {
        try
        {
            return BarPanel.Of(markets).Digest;
        }
        catch (BarPanelException)
        {
            return Digest.Of(string.Join('\n', markets.Select(bars => bars.Digest.Hex).Order(StringComparer.Ordinal)));
        }
    }
}
