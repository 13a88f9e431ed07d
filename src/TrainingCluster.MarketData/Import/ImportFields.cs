using System.Text;

namespace TrainingCluster.MarketData.Import;

/// <summary>Cuts a line into trimmed fields; double quotes enclose, and a doubled one stands for itself.</summary>
internal static class ImportFields
{
    /// <summary>Null where a quote is not closed.</summary>
    public static string[]? Split(string line, char separator)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            var plain = line.Split(separator, StringSplitOptions.TrimEntries);
            return plain;
        }

        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (line[i] == separator && !quoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString().Trim());
        return quoted ? null : [.. fields];
    }

    public static char MostUsed(string line)
    {
        var best = ',';
        var most = line.Count(character => character == ',');
        foreach (var candidate in ";\t|")
        {
            var count = line.Count(character => character == candidate);
            (best, most) = count > most ? (candidate, count) : (best, most);
        }

        return best;
    }
}
