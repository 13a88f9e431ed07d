using System.Collections.Immutable;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Accounts;

/// <summary>What a policy knows when it decides: closed bars and the account.</summary>
/// <param name="TimeUtcMilliseconds">Of the bars that just closed.</param>
/// <param name="Markets">All symbols; a policy must not look beyond <paramref name="Bars"/>.</param>
/// <param name="Bars">By symbol the bar that closed last; −1 before its first.</param>
/// <param name="Closed">By symbol whether a bar closed at this very moment.</param>
/// <param name="Shares">By symbol the position as a share of equity, valued at last closes.</param>
/// <param name="Equity">Money, valued at last closes.</param>
public sealed record AccountMoment(
    long TimeUtcMilliseconds,
    ImmutableArray<BarSeries> Markets,
    IReadOnlyList<int> Bars,
    IReadOnlyList<bool> Closed,
    IReadOnlyList<double> Shares,
    double Equity);

/// <summary>Decides at the close of bars what the account should hold.</summary>
public interface IAccountPolicy
{
    /// <summary>Adds orders; a symbol without one keeps its quantity.</summary>
    void Decide(AccountMoment moment, IList<AccountOrder> orders);
}
