namespace TrainingCluster.MarketData.Sources;

/// <summary>What may happen to a fetch. The first five pass and are tried again.</summary>
public enum FetchRule
{
    /// <summary>The source answered too many requests (429, or 418 of a ban).</summary>
    RateLimited,

    /// <summary>The source has a fault of its own (408 or 5xx).</summary>
    ServerError,

    /// <summary>No whole answer came in time.</summary>
    TimedOut,

    /// <summary>No connection was made, or it broke before an answer.</summary>
    Unreachable,

    /// <summary>The answer ended too early.</summary>
    Truncated,

    /// <summary>The answer is of another kind than bars: a page for people, for instance.</summary>
    WrongContentType,

    /// <summary>A field is missing or is not what it was.</summary>
    SchemaChanged,

    /// <summary>The answer is about another symbol.</summary>
    WrongSymbol,

    /// <summary>The source has no such symbol.</summary>
    UnknownSymbol,

    /// <summary>The bars last longer or shorter than asked.</summary>
    WrongTimeframe,

    /// <summary>The source does not offer bars of that length, or not that far back.</summary>
    Unsupported,

    /// <summary>The source refuses the question (400, 401, 403, 451, …).</summary>
    Refused,

    /// <summary>There are no bars in the range.</summary>
    Empty,

    /// <summary>The source's own code failed.</summary>
    SourceFailed,

    /// <summary>Somebody else is fetching the same series.</summary>
    InUse,

    /// <summary>The stored bars were damaged and fetched anew.</summary>
    Damaged,

    /// <summary>Pages of an earlier, broken fetch were used.</summary>
    Resumed,

    /// <summary>Questions had to be repeated.</summary>
    Retried,

    /// <summary>Some stored bars have other values at the source now.</summary>
    Revised,

    /// <summary>The source's history has changed as far back as was compared.</summary>
    HistoryChanged,

    /// <summary>Something that the source said.</summary>
    Note,

    /// <summary>The bars did not pass the quality check.</summary>
    NotPassed,
}
