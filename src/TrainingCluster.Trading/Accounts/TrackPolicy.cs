using System.Collections.Immutable;

namespace TrainingCluster.Trading.Accounts;

/// <summary>
/// Follows positions that were decided before: at each bar of a symbol its position, as an equal share of the account.
/// After the last position of a symbol nothing more is ordered for it.
/// </summary>
/// <param name="positions">By market, then bar from its first: −1 to 1.</param>
public sealed class TrackPolicy(ImmutableArray<ImmutableArray<double>> positions) : IAccountPolicy
{
    public void Decide(AccountMoment moment, IList<AccountOrder> orders)
    {
        for (var market = 0; market < positions.Length; market++)
        {
            var bar = moment.Bars[market];
            if (moment.Closed[market] && bar < positions[market].Length)
            {
                orders.Add(new AccountOrder(market, positions[market][bar] / positions.Length));
            }
        }
    }
}
