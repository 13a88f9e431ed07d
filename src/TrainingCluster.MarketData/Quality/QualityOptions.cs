using TrainingCluster.MarketData.Calendars;

namespace TrainingCluster.MarketData.Quality;

/// <summary>From where on the checks speak up.</summary>
public sealed record QualityOptions
{
    /// <summary>
    /// A return is an outlier if it is farther from the median than this many robust deviations (1.4826 ·
    /// MAD).
    /// </summary>
    public double OutlierDeviations { get; init; } = 8;

    /// <summary>As <see cref="OutlierDeviations"/>, for daily closes that come back with the next bar.</summary>
    public double SpikeDeviations { get; init; } = 8;

    /// <summary>Log return within the day from which on a close that comes back is named.</summary>
    public double IntradaySpike { get; init; } = 0.01;

    /// <summary>Log return between daily closes from which on a move is named.</summary>
    public double DailyJump { get; init; } = 0.2;

    /// <summary>Log return between closes within the day from which on a move is named.</summary>
    public double IntradayJump { get; init; } = 0.05;

    /// <summary>Share of the price by which a high or low may lie beyond open and close.</summary>
    public double WickRatio { get; init; } = 0.15;

    /// <summary>Which bars must be there; null guesses from the stamps.</summary>
    public TradingCalendar? Calendar { get; init; }

    /// <summary>Now; with it a last bar that is not over is found. Null asks for nothing.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>As many bars in a row without any movement count as stale.</summary>
    public int StaleBars { get; init; } = 20;

    /// <summary>Daily bars may be this many days apart: a weekend with holidays on both sides.</summary>
    public int DailyGapDays { get; init; } = 5;
}
