using System.Globalization;
using System.Text;

namespace TrainingCluster.Cli.Output;

/// <summary>
/// Columns of numbers by bar as CSV (RFC 4180): a header, a row a bar, empty where there is no number.
/// </summary>
internal static class CsvTable
{
    /// <param name="times">Stamps of the bars, in Unix milliseconds UTC.</param>
    /// <param name="columns">As long as the stamps.</param>
    public static void Write(
        TextWriter writer, ReadOnlySpan<long> times, IReadOnlyList<(string Name, double[] Values)> columns)
    {
        var line = new StringBuilder("timestamp");
        foreach (var (name, _) in columns)
        {
            line.Append(',').Append(Quoted(name));
        }

        for (var t = 0; t < times.Length; t++)
        {
            writer.Write(line.Append('\n'));
            line.Clear().Append(Stamp(times[t]));
            foreach (var (_, values) in columns)
            {
                line.Append(',');
                if (double.IsFinite(values[t]))
                {
                    line.Append(CultureInfo.InvariantCulture, $"{values[t]:R}");
                }
            }
        }

        writer.Write(line.Append('\n'));
    }

    public static string Stamp(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
