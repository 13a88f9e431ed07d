namespace TrainingCluster.MarketData.Import;

/// <summary>A stamp as it is written, before zone and order of day and month are known.</summary>
/// <param name="Milliseconds">Unix milliseconds as if the clock showed UTC; of a date with two numbers up to
/// 12, those of the day-first reading.</param>
/// <param name="IsMoment">Whether it names an offset or is an epoch, so that no zone applies.</param>
/// <param name="MonthFirst">The month-first reading where the date is written in that family, else null. Equal
/// to <see cref="Impossible"/> where there is no such day.</param>
internal readonly record struct LocalStamp(long Milliseconds, bool IsMoment, long? MonthFirst = null)
{
    /// <summary>Stands for a day that no calendar has.</summary>
    public const long Impossible = long.MinValue;
}
