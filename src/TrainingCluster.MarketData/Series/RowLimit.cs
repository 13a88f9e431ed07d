using System.Globalization;

namespace TrainingCluster.MarketData.Series;

/// <summary>How many rows of one file are held in memory: a file without end must be an error, not an end of all
/// memory.</summary>
internal static class RowLimit
{
    /// <summary>Thirty-eight years of minutes without a rest; some 1.1 GB.</summary>
    public const int Default = 20_000_000;

    /// <summary>What to throw at the first row that is one too many.</summary>
    public static BarDataException Exceeded(string source, long line, int most) =>
        new(new BarViolation(source, line, null, null, RuleOf(most)));

    /// <summary>Whether reading ended for this reason, so that another way of reading would end the same.</summary>
    public static bool IsExceeded(BarDataException error, int most) => error.Violations[0].Rule == RuleOf(most);

    private static string RuleOf(int most) => string.Create(
        CultureInfo.InvariantCulture, $"is more than the {most} rows that one file may have; split the file");
}
