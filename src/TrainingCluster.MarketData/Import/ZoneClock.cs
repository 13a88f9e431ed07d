namespace TrainingCluster.MarketData.Import;

/// <summary>
/// Turns what a wall clock showed into moments. A time that a change to summer time left out has no moment; one
/// that came twice is the earlier, unless the bars before it have already passed that.
/// </summary>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    public const string LeftOutRule =
        "names a time that the change to summer time left out; is the time zone right?";

    /// <summary>Null where the clock never showed that time.</summary>
    /// <param name="local">Unix milliseconds as if the clock showed UTC.</param>
    /// <param name="before">The moment of the bar before, <see cref="long.MinValue"/> at the first.</param>
    /// <param name="cameTwice">Whether the clock showed it twice.</param>
    public long? ToUtc(long local, long before, out bool cameTwice)
    {
        var clock = DateTimeOffset.FromUnixTimeMilliseconds(local).DateTime;
        cameTwice = zone.IsAmbiguousTime(clock);
        if (cameTwice)
        {
            var offsets = zone.GetAmbiguousTimeOffsets(clock);
            var earlier = local - (long)offsets.Max().TotalMilliseconds;
            return earlier > before ? earlier : local - (long)offsets.Min().TotalMilliseconds;
        }

        return zone.IsInvalidTime(clock) ? null : local - (long)zone.GetUtcOffset(clock).TotalMilliseconds;
    }
}
