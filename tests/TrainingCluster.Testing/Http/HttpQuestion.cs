namespace TrainingCluster.Testing.Http;

/// <summary>What a client asked.</summary>
/// <param name="Path">Unescaped, without the query.</param>
/// <param name="Query">Unescaped.</param>
/// <param name="Headers">By name; case does not matter.</param>
public sealed record HttpQuestion(
    string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers)
{
    public long Number(string name) => long.Parse(Query[name], System.Globalization.CultureInfo.InvariantCulture);
}
