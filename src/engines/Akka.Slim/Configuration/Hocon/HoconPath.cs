using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Splits <c>a."b.c".d</c> into its keys and joins them again.</summary>
internal static class HoconPath
{
    public static IReadOnlyList<string> Split(string path)
    {
        if (!path.Contains('"'))
        {
            return path.Split('.');
        }

        var keys = new List<string>();
        var key = new StringBuilder();
        var quoted = false;
        foreach (var c in path)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '.' && !quoted)
            {
                keys.Add(key.ToString());
                key.Clear();
            }
            else
            {
                key.Append(c);
            }
        }

        keys.Add(key.ToString());
        return keys;
    }

    public static string Join(IEnumerable<string> keys) =>
        string.Join('.', keys.Select(key => NeedsQuotes(key) ? $"\"{key}\"" : key));

    public static bool NeedsQuotes(string key) =>
        key.Length == 0 || key.AsSpan().IndexOfAnyExcept(HoconReader.PlainKeyCharacters) >= 0;
}
