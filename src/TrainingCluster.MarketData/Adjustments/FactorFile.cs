using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Adjustments;

/// <summary>
/// Splits and dividends as a file: the first line names the columns <c>date</c>, <c>split</c> and <c>dividend</c>, of
/// which one of the last two may be left out; <c>2014-06-09,7,</c> is seven new shares for one. A date is the first day
/// at the new price, UTC.
/// </summary>
public static class FactorFile
{
    private static readonly ImmutableArray<string> Known = ["date", "split", "dividend"];

    /// <exception cref="BarDataException">The file is missing or lines of it are wrong; each with its line.</exception>
    public static ImmutableArray<PriceFactor> Read(string path)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            throw new BarDataException(new BarViolation(path, null, null, null, "must be a file that exists"));
        }

        var lines = File.ReadAllLines(path);
        string[] header = lines.Length == 0
            ? []
            : [.. lines[0].Split(',', StringSplitOptions.TrimEntries).Select(one => one.ToLowerInvariant())];
        if (!header.Contains("date") || header.Length < 2 || header.Except(Known).Any())
        {
            throw new BarDataException(new BarViolation(
                name, 1, null, lines.FirstOrDefault(), "must name the columns date, split and dividend"));
        }

        var (factors, wrong) = (ImmutableArray.CreateBuilder<PriceFactor>(), new List<BarViolation>());
        for (var line = 1; line < lines.Length; line++)
        {
            if (lines[line].Trim().Length > 0)
            {
                Read(name, line + 1, header, lines[line].Split(',', StringSplitOptions.TrimEntries), factors, wrong);
            }
        }

        return wrong.Count == 0 ? factors.ToImmutable() : throw new BarDataException([.. wrong]);
    }

    private static void Read(
        string name, int line, string[] header, string[] fields, ImmutableArray<PriceFactor>.Builder factors,
        List<BarViolation> wrong)
    {
        var before = wrong.Count;
        string? Field(string column) => Array.IndexOf(header, column) is var at and >= 0 && at < fields.Length
            && fields[at].Length > 0 ? fields[at] : null;
        double Number(string column, double none, Func<double, bool> holds, string rule)
        {
            if (Field(column) is not { } text)
            {
                return none;
            }

            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && double.IsFinite(value) && holds(value))
            {
                return value;
            }

            wrong.Add(new BarViolation(name, line, column, text, rule));
            return none;
        }

        if (!DateTimeOffset.TryParse(
            Field("date"), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
        {
            wrong.Add(new BarViolation(name, line, "date", Field("date"), "must be a day such as 2014-06-09"));
        }

        var split = Number("split", 1, value => value > 0, "must be new shares for each old one, above 0");
        var dividend = Number("dividend", 0, value => value >= 0, "must be money a share, at least 0");
        if (wrong.Count == before)
        {
            factors.Add(new PriceFactor(date.ToUnixTimeMilliseconds(), split, dividend));
        }
    }
}
