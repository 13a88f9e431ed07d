namespace TrainingCluster.Trading.Accounts;

/// <summary>
/// Asks for a position in one symbol from the symbol's next bar on. The quantity is worked out at the fill, so
/// that the position is this share of the equity there.
/// </summary>
/// <param name="Market">Index of the symbol.</param>
/// <param name="Share">Share of equity, negative for short.</param>
/// <param name="Limit">Null: filled at the next open. Else the order lives for one bar: a purchase is filled
/// only if the bar's low is below the limit, at the better of limit and open; a sale the other way round.</param>
public readonly record struct AccountOrder(int Market, double Share, double? Limit = null);
