using System.Text.RegularExpressions;

namespace TrainingCluster.Node.Support;

/// <summary>
/// Takes out of texts what strangers must not see: passwords, tokens and keys wherever they stand as name and value,
/// and the names of folders and of the machine.
/// </summary>
/// <param name="names">What is replaced by a word, the longest first where one holds another.</param>
public sealed partial class Redaction(IReadOnlyDictionary<string, string> names)
{
    private const string Hidden = "***";

    private readonly KeyValuePair<string, string>[] _names =
        [.. names.Where(name => name.Key.Length > 1).OrderByDescending(name => name.Key.Length)];

    public string Apply(string text)
    {
        text = NameAndValue().Replace(text, match => $"{match.Groups[1].Value}{match.Groups[2].Value}{Hidden}");
        text = Bearer().Replace(text, "Bearer " + Hidden);
        text = UserInfo().Replace(text, $"://{Hidden}@");
        return _names.Aggregate(text, (left, name) => left.Replace(name.Key, name.Value, StringComparison.Ordinal));
    }

    // Also where the name is part of a longer one, such as PGPASSWORD or db.password; not token-file, which is a path.
    [GeneratedRegex(
        """((?:password|passwd|pwd|secret|token|api[-_]?key|credential)["']?)(\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s;,}]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NameAndValue();

    [GeneratedRegex(@"Bearer\s+\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"://[^/\s@]+@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();
}
