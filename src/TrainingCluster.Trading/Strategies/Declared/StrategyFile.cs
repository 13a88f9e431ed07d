using System.Text.Json;

namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>
/// Reads strategies from JSON files, so that one can be added without code. Comments and trailing commas are
/// allowed. Members: <c>name</c>, <c>meaning</c>, <c>indicators</c> (names for indicators), <c>long</c> and
/// <c>short</c> (each <c>enter</c> and <c>exit</c>: a condition, a list that must hold whole, or an object with
/// <c>any</c> or <c>all</c>), <c>confidence</c> (<c>value</c>, <c>zero</c>, <c>full</c>) and <c>barriers</c>
/// (<c>horizon</c>, <c>profit</c>, <c>stop</c>).
/// </summary>
public static class StrategyFile
{
    private const int MostBytes = 1 << 20;

    /// <exception cref="StrategyDefinitionException">Something is wrong in the file; all violations are
    /// listed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DeclaredRule Read(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length > MostBytes
            ? throw new StrategyDefinitionException([new StrategyViolation(
                file.Name, null, null, null, $"has {file.Length} bytes; a strategy has at most {MostBytes}")])
            : Parse(file.Name, File.ReadAllBytes(path));
    }

    /// <param name="source">What violations call the text.</param>
    /// <param name="utf8">JSON, with or without a byte-order mark.</param>
    /// <exception cref="StrategyDefinitionException">Something is wrong; all violations are listed.</exception>
    public static DeclaredRule Parse(string source, byte[] utf8)
    {
        var text = utf8.AsMemory(utf8.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
        try
        {
            var lines = JsonLines.Read(
                text.Span,
                new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            using var document = JsonDocument.Parse(
                text,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new StrategyReader(source, lines).Read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new StrategyDefinitionException([new StrategyViolation(
                source, (int?)error.LineNumber + 1, null, null, "must be JSON text, and is not from here on")]);
        }
    }
}
