namespace TrainingCluster.Trading.Accounts;

/// <summary>What happened to an order or to the account.</summary>
public enum AccountEventKind
{
    /// <summary>Bought or sold.</summary>
    Filled,

    /// <summary>Bought or sold less than asked, because of a limit of the account or of the volume.</summary>
    FilledInPart,

    /// <summary>Nothing was bought or sold, because the account may not.</summary>
    Refused,

    /// <summary>The bar did not trade through the order's limit.</summary>
    Expired,

    /// <summary>A newer order for the symbol took its place before it met a bar.</summary>
    Replaced,

    /// <summary>Nothing is left of the account; it trades no more.</summary>
    Ruined,
}

/// <summary>One line of the account's log.</summary>
/// <param name="TimeUtcMilliseconds">Of the bar.</param>
/// <param name="Symbol">Empty where it is about the whole account.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Quantity">Bought, or negative: sold.</param>
/// <param name="Price">A unit, spread and slippage included.</param>
/// <param name="Fee">Money paid beside the price.</param>
/// <param name="Friction">Money lost to spread and slippage.</param>
/// <param name="Detail">Why, where that is not plain.</param>
public sealed record AccountEvent(
    long TimeUtcMilliseconds,
    string Symbol,
    AccountEventKind Kind,
    double Quantity,
    double Price,
    double Fee,
    double Friction,
    string? Detail = null);
