using System.Globalization;
using System.Text;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Csv;

/// <summary>
/// Writes bars in the form that <see cref="CsvBarReader"/> reads: a header, a row a bar, lines that end with a line
/// feed. Stamps are days where all are, else moments in UTC; numbers are as short as gives the same bits again; what is
/// NaN is empty.
/// </summary>
public static class CsvBarWriter
{
    private const long Day = 86_400_000;

    /// <param name="writer">Not closed.</param>
    /// <param name="bars">Any; defects stay as they are.</param>
    public static void Write(TextWriter writer, BarDraft bars)
    {
        var names = bars.Extra.Select(column => Quoted(column.Name));
        writer.Write($"timestamp,open,high,low,close,volume{string.Concat(names.Select(name => $",{name}"))}\n");
        var format = bars.Times.ToArray().All(time => time % Day == 0) ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'";
        var line = new StringBuilder();
        for (var t = 0; t < bars.Count; t++)
        {
            line.Clear().Append(DateTimeOffset.FromUnixTimeMilliseconds(bars.Times.Span[t])
                .ToString(format, CultureInfo.InvariantCulture));
            Append(bars.Open);
            Append(bars.High);
            Append(bars.Low);
            Append(bars.Close);
            Append(bars.Volume);
            foreach (var column in bars.Extra)
            {
                Append(column.Values);
            }

            writer.Write(line.Append('\n'));

            void Append(ReadOnlyMemory<double> column)
            {
                var value = column.Span[t];
                line.Append(',');
                if (!double.IsNaN(value))
                {
                    line.Append(CultureInfo.InvariantCulture, $"{value:R}");
                }
            }
        }
    }

    private static string Quoted(string name) =>
        name.AsSpan().ContainsAny(",\";\t") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
