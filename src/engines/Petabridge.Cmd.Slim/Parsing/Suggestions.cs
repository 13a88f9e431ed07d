namespace Petabridge.Cmd.Parsing;

/// <summary>What somebody may have meant.</summary>
internal static class Suggestions
{
    private const int LongestWord = 64;

    /// <summary>The known word with the fewest edits, or null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestWord)
        {
            return null;
        }

        var (nearest, distance) = known
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .OrderBy(entry => entry.distance).ThenBy(entry => entry.candidate, StringComparer.Ordinal)
            .FirstOrDefault((candidate: "", distance: int.MaxValue));
        return distance <= Math.Max(1, word.Length / 3) ? nearest : null;
    }

    /// <summary>Insertions, removals, replacements, and swaps of neighbours, each for one.</summary>
    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                table[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                        table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[left.Length, right.Length];
    }
}
