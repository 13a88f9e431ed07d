using System.Text;

namespace TrainingCluster.MarketData.Csv;

/// <summary>How bytes of a file are shown in an error.</summary>
internal static class CsvText
{
    private const int Longest = 40;

    /// <summary>At most 40 characters; what cannot be printed becomes a question mark.</summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var character in Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4 * Longest)]))
        {
            text.Append(character == '\t' ? ' ' : char.IsControl(character) ? '?' : character);
        }

        return text.Length <= Longest ? text.ToString() : text.ToString(0, Longest) + "…";
    }
}
