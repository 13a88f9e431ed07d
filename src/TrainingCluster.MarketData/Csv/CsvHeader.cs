using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Csv;

/// <summary>The first line of a file: which column is what, and how fields are separated.</summary>
/// <param name="Separator">The byte between two fields.</param>
/// <param name="Names">As the file spells them.</param>
/// <param name="Roles">One a name.</param>
internal sealed record CsvHeader(byte Separator, ImmutableArray<string> Names, ImmutableArray<CsvRole> Roles)
{
    private static readonly ImmutableArray<(CsvRole Role, ImmutableArray<string> Spellings)> Spellings =
    [
        (CsvRole.Time, ["date", "timestamp", "time", "datetime", "opentime"]),
        (CsvRole.Open, ["open"]),
        (CsvRole.High, ["high"]),
        (CsvRole.Low, ["low"]),
        (CsvRole.Close, ["close"]),
        (CsvRole.Volume, ["volume", "vol"]),
        (CsvRole.AdjustedClose, ["adjclose", "adjustedclose", "closeadj", "closeadjusted"]),
        (CsvRole.Symbol, ["symbol", "ticker"]),
    ];

    private static readonly ImmutableArray<CsvRole> Required =
        [CsvRole.Time, CsvRole.Open, CsvRole.High, CsvRole.Low, CsvRole.Close];

    public static CsvHeader Parse(ReadOnlySpan<byte> line, long number, string source, char? separator)
    {
        var separatorByte = separator is { } given ? checked((byte)given) : MostUsed(line);
        var fields = new CsvFields(separatorByte);
        if (!fields.Split(line))
        {
            throw new BarDataException(new BarViolation(
                source, number, null, CsvText.Show(line), "the header must close every quote it opens"));
        }

        if (!Utf8.IsValid(line))
        {
            throw new BarDataException(new BarViolation(
                source, number, null, null, "the header is no UTF-8 text; save the file as UTF-8"));
        }

        var names = ImmutableArray.CreateBuilder<string>(fields.Count);
        for (var field = 0; field < fields.Count; field++)
        {
            names.Add(Encoding.UTF8.GetString(fields.Of(line, field)));
        }

        var header = new CsvHeader(separatorByte, names.ToImmutable(), [.. names.Select(RoleOf)]);
        header.RequireUsable(source, number);
        return header;
    }

    public int IndexOf(CsvRole role) => Roles.IndexOf(role);

    /// <summary>The file's spelling, for errors; the usual one where the file has no such column.</summary>
    public string NameOf(CsvRole role) =>
        IndexOf(role) is >= 0 and var index
            ? Names[index]
            : Spellings.First(s => s.Role == role).Spellings[0];

    private static byte MostUsed(ReadOnlySpan<byte> line)
    {
        var (best, most) = ((byte)',', line.Count((byte)','));
        foreach (var candidate in ";\t"u8)
        {
            var count = line.Count(candidate);
            (best, most) = count > most ? (candidate, count) : (best, most);
        }

        return best;
    }

    private static CsvRole RoleOf(string name)
    {
        var plain = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        foreach (var (role, spellings) in Spellings)
        {
            if (spellings.Contains(plain))
            {
                return role;
            }
        }

        return CsvRole.Extra;
    }

    private void RequireUsable(string source, long number)
    {
        var violations = new BarViolations();
        var missing = Required.Where(role => IndexOf(role) < 0).ToArray();
        if (missing.Length > 0)
        {
            var lacking = missing.Select(role => role == CsvRole.Time
                ? "date (or timestamp, time, datetime)"
                : role.ToString().ToLowerInvariant());
            violations.Add(new BarViolation(
                source, number, null, null,
                $"the header lacks {string.Join(", ", lacking)}; "
                + $"it has {string.Join(", ", Names.Select(name => $"'{Shorten(name)}'"))}"));
        }

        foreach (var (role, _) in Spellings.Where(s => s.Role != CsvRole.Symbol
            && Roles.Count(r => r == s.Role) > 1))
        {
            var names = Names.Where((_, i) => Roles[i] == role).Select(name => $"'{Shorten(name)}'");
            violations.Add(new BarViolation(
                source, number, null, null,
                $"the header has {string.Join(" and ", names)}, which all mean "
                + $"{role.ToString().ToLowerInvariant()}; keep one"));
        }

        var repeated = Names
            .Where((name, i) => Roles[i] == CsvRole.Extra && name.Length > 0)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1);
        foreach (var name in repeated)
        {
            violations.Add(new BarViolation(
                source, number, Shorten(name.Key), null, "must appear once in the header"));
        }

        violations.ThrowIfAny();
    }

    private static string Shorten(string name) => CsvText.Show(Encoding.UTF8.GetBytes(name));
}
