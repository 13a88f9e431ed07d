using System.Collections.Frozen;

namespace TrainingCluster.MarketData.Calendars;

/// <summary>
/// New York Stock Exchange and Nasdaq: 9:30 to 16:00, early closes at 13:00. Holidays by rule 7.2 of the exchange as
/// it changed over the years, with the days it closed out of turn since 1970. Early closes are known from 1993 on.
/// </summary>
internal sealed class UsEquityCalendar : TradingCalendar
{
    private static readonly FrozenSet<DateOnly> OutOfTurn = new[]
    {
        "1972-12-28", "1973-01-25", "1977-07-14", "1985-09-27", "1994-04-27", "2001-09-11", "2001-09-12", "2001-09-13",
        "2001-09-14", "2004-06-11", "2007-01-02", "2012-10-29", "2012-10-30", "2018-12-05", "2025-01-09",
    }.Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd")).ToFrozenSet();

    private static readonly FrozenSet<DateOnly> ShortOutOfTurn = new[]
    {
        "1994-12-23", "1997-12-26", "1999-12-31", "2003-12-26",
    }.Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd")).ToFrozenSet();

    public override string Name => "us-equities";

    public override TimeZoneInfo Zone => field ??= TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    public override TradingSession? SessionOf(DateOnly day)
    {
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || IsHoliday(day))
        {
            return null;
        }

        var isShort = ClosesEarly(day);
        return new TradingSession(day, At(day, 9, 30), isShort ? At(day, 13, 0) : At(day, 16, 0), isShort);
    }

    private static bool IsHoliday(DateOnly day) =>
        OutOfTurn.Contains(day)
        || IsNewYear(day)
        || day.Year >= 1998 && IsNth(day, 1, DayOfWeek.Monday, 3)
        || (day.Year >= 1971 ? IsNth(day, 2, DayOfWeek.Monday, 3) : IsObserved(day, 2, 22))
        || day == GoodFriday(day.Year)
        || (day.Year >= 1971 ? IsLastMondayOfMay(day) : IsObserved(day, 5, 30))
        || day.Year >= 2022 && IsObserved(day, 6, 19)
        || IsObserved(day, 7, 4)
        || IsNth(day, 9, DayOfWeek.Monday, 1)
        || IsElection(day)
        || IsNth(day, 11, DayOfWeek.Thursday, 4)
        || IsObserved(day, 12, 25);

    /// <summary>On a Saturday it is not made up for: the year's last day closes the books.</summary>
    private static bool IsNewYear(DateOnly day) =>
        day is { Month: 1, Day: 1 } || day is { Month: 1, Day: 2, DayOfWeek: DayOfWeek.Monday };

    /// <summary>A Saturday's holiday is kept on Friday, a Sunday's on Monday.</summary>
    private static bool IsObserved(DateOnly day, int month, int date)
    {
        var holiday = new DateOnly(day.Year, month, date);
        return day == holiday.DayOfWeek switch
        {
            DayOfWeek.Saturday => holiday.AddDays(-1),
            DayOfWeek.Sunday => holiday.AddDays(1),
            _ => holiday,
        };
    }

    private static bool IsNth(DateOnly day, int month, DayOfWeek weekday, int n) =>
        day.Month == month && day.DayOfWeek == weekday && (day.Day - 1) / 7 + 1 == n;

    private static bool IsLastMondayOfMay(DateOnly day) =>
        day is { Month: 5, DayOfWeek: DayOfWeek.Monday, Day: > 24 };

    /// <summary>Presidential elections closed the exchange until 1980.</summary>
    private static bool IsElection(DateOnly day) =>
        day.Year is >= 1972 and <= 1980 && day.Year % 4 == 0
        && day is { Month: 11, DayOfWeek: DayOfWeek.Tuesday, Day: >= 2 and <= 8 };

    /// <summary>Two days before Easter, by the anonymous Gregorian computus.</summary>
    private static DateOnly GoodFriday(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var epact = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var weekday = (32 + 2 * (b % 4) + 2 * (c / 4) - epact - c % 4) % 7;
        var shift = (a + 11 * epact + 22 * weekday) / 451;
        var number = epact + weekday - 7 * shift + 114;
        return new DateOnly(year, number / 31, number % 31 + 1).AddDays(-2);
    }

    private static bool ClosesEarly(DateOnly day)
    {
        if (day.Year < 1993)
        {
            return false;
        }

        var afterThanksgiving = day.DayOfWeek == DayOfWeek.Friday && IsNth(day.AddDays(-1), 11, DayOfWeek.Thursday, 4);
        // The holiday itself falls on a weekday then, so that this is the last session before it.
        var beforeIndependence = day is { Month: 7, Day: 3 } && day.Year >= 1995
            && day.DayOfWeek is not DayOfWeek.Friday
            && !(day.DayOfWeek == DayOfWeek.Wednesday && day.Year < 2013);
        var afterIndependence = day is { Year: 1996 or 2002, Month: 7, Day: 5 };
        var beforeChristmas = day is { Month: 12, Day: 24 } && day.DayOfWeek is not DayOfWeek.Friday;
        return afterThanksgiving || beforeIndependence || afterIndependence || beforeChristmas
            || ShortOutOfTurn.Contains(day);
    }
}
