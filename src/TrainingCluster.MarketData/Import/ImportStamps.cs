using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Import;

/// <summary>Decides on the order of day and month and on the zone once all rows are known.</summary>
internal sealed class ImportStamps(
    string source, string column, BarImportOptions options, BarViolations violations, RepairLog repairs)
{
    private const long Day = 86_400_000;

    /// <summary>Null for rows whose stamp is no moment; those are reported.</summary>
    public long?[] Resolve(List<LocalStamp> stamps, List<long> lines)
    {
        var local = Ordered(stamps, lines);
        return options.Zone is { } zone && IsIntraday(local) ? Zoned(stamps, local, lines, zone) : local;
    }

    private long?[] Ordered(List<LocalStamp> stamps, List<long> lines)
    {
        var local = stamps.Select(stamp => (long?)stamp.Milliseconds).ToArray();
        var family = Enumerable.Range(0, stamps.Count).Where(row => stamps[row].MonthFirst is not null).ToArray();
        if (family.Length == 0)
        {
            return local;
        }

        var onlyDayFirst = Array.FindAll(family, row => stamps[row].MonthFirst == LocalStamp.Impossible);
        var onlyMonthFirst = Array.FindAll(family, row => stamps[row].Milliseconds == LocalStamp.Impossible);
        var order = options.DateOrder ?? Told(onlyDayFirst.Length, onlyMonthFirst.Length);
        if (order is null)
        {
            Violate(lines[family[0]],
                $"and the {family.Length - 1} like it can begin with the day or with the month; name the order");
            return new long?[stamps.Count];
        }

        foreach (var row in family)
        {
            var value = order == DateOrder.DayFirst ? stamps[row].Milliseconds : stamps[row].MonthFirst;
            local[row] = value == LocalStamp.Impossible ? null : value;
            if (local[row] is null)
            {
                var first = order == DateOrder.DayFirst ? "day" : "month";
                Violate(lines[row], $"must begin with the {first} like the other dates");
            }
        }

        var proof = order == DateOrder.DayFirst ? onlyDayFirst : onlyMonthFirst;
        Repair("date-order", proof.Length > 0 ? lines[proof[0]] : null,
            (order == DateOrder.DayFirst ? "dates begin with the day" : "dates begin with the month")
            + (options.DateOrder is null ? ", as this line shows" : ", as was said"));
        return local;
    }

    private static DateOrder? Told(int onlyDayFirst, int onlyMonthFirst) =>
        onlyDayFirst == onlyMonthFirst ? null
        : onlyDayFirst > onlyMonthFirst ? DateOrder.DayFirst : DateOrder.MonthFirst;

    private static bool IsIntraday(long?[] local) => local.Any(time => time % Day is not (null or 0));

    private long?[] Zoned(List<LocalStamp> stamps, long?[] local, List<long> lines, TimeZoneInfo zone)
    {
        var clock = new ZoneClock(zone);
        var before = long.MinValue;
        for (var row = 0; row < local.Length; row++)
        {
            if (local[row] is not { } time || stamps[row].IsMoment)
            {
                continue;
            }

            local[row] = clock.ToUtc(time, before, out var cameTwice);
            if (local[row] is null)
            {
                Violate(lines[row], ZoneClock.LeftOutRule, BarRules.Stamp(time).TrimEnd('Z'));
            }
            else if (cameTwice)
            {
                var (read, clockShowed) = (BarRules.Stamp(local[row]!.Value), BarRules.Stamp(time).TrimEnd('Z'));
                Repair("clock-change", lines[row], $"{clockShowed} came twice in {zone.Id}; read as {read}");
            }

            before = local[row] ?? before;
        }

        return local;
    }

    private void Violate(long line, string rule, string? value = null) =>
        violations.Add(new BarViolation(source, line, column, value, rule));

    private void Repair(string rule, long? line, string detail) =>
        repairs.Add(new BarRepair(rule, source, line, null, detail));
}
