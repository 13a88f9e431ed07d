namespace TrainingCluster.MarketData.Import;

/// <summary>How a file of bars is laid out.</summary>
public enum BarDialect
{
    /// <summary>Separated values with a header; Yahoo's and Stooq's downloads are of this kind.</summary>
    Header,

    /// <summary>Stooq's bulk files and MetaTrader 5's exports: a header of names in angle brackets.</summary>
    Bracketed,

    /// <summary>MetaTrader 4: no header; <c>2020.01.03,09:30,open,high,low,close,volume</c>.</summary>
    MetaTrader,

    /// <summary>Google Finance: head lines, then stamps as offsets from the last absolute one.</summary>
    Google,

    /// <summary>Binance klines: no header, 12 fields, epochs in milliseconds or microseconds.</summary>
    Binance,

    /// <summary>Lean's zipped files: equity prices times 10,000, minutes as milliseconds since midnight.</summary>
    Lean,
}
