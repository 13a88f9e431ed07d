using System.Collections.Immutable;

namespace TrainingCluster.Trading.Accounts;

/// <summary>What became of an account; money in the unit of the prices.</summary>
/// <param name="TimesUtcMilliseconds">One a moment at which some bar closed.</param>
/// <param name="Equity">By moment, valued at last closes, net of everything.</param>
/// <param name="Exposure">By moment, Σ |position| as a share of equity.</param>
/// <param name="Events">The log, in order.</param>
/// <param name="Cash">At the end; below zero where positions are larger than equity.</param>
/// <param name="Quantities">By symbol, at the end.</param>
/// <param name="Fees">All that was paid beside prices.</param>
/// <param name="Friction">All that spread and slippage took.</param>
/// <param name="Borrowing">All that short positions paid.</param>
public sealed record AccountResult(
    ImmutableArray<long> TimesUtcMilliseconds,
    ImmutableArray<double> Equity,
    ImmutableArray<double> Exposure,
    ImmutableArray<AccountEvent> Events,
    double Cash,
    ImmutableArray<double> Quantities,
    double Fees,
    double Friction,
    double Borrowing)
{
    /// <summary>Simple return of each moment; the first is against the capital.</summary>
    public double[] Returns(double capital)
    {
        var returns = new double[Equity.Length];
        for (var i = 0; i < returns.Length; i++)
        {
            var before = i == 0 ? capital : Equity[i - 1];
            returns[i] = before > 0 ? Equity[i] / before - 1 : 0;
        }

        return returns;
    }
}
