using System.Text.Json;

namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>Finds the line on which each value of a JSON text stands, and members that stand twice.</summary>
internal sealed class JsonLines
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    private JsonLines()
    {
    }

    /// <summary>Paths of members that stand twice in their object.</summary>
    public List<string> Repeated { get; } = [];

    public int? Of(string path) => _lines.TryGetValue(path, out var line) ? line : null;

    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static JsonLines Read(ReadOnlySpan<byte> utf8, JsonReaderOptions options)
    {
        var result = new JsonLines();
        var reader = new Utf8JsonReader(utf8, options);
        var (line, counted) = (1, 0);
        var path = new Stack<(string Prefix, int Index)>();
        var member = "";
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            line += utf8[counted..start].Count((byte)'\n');
            counted = start;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var prefix = path.Peek().Prefix;
                    member = prefix.Length == 0 ? reader.GetString()! : $"{prefix}.{reader.GetString()}";
                    if (!result._lines.TryAdd(member, line))
                    {
                        result.Repeated.Add(member);
                    }

                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.Pop();
                    break;
                default:
                    var here = Here(path, member);
                    result._lines.TryAdd(here, line);
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        path.Push((here, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
                    }

                    break;
            }
        }

        return result;
    }

    /// <summary>The path of the value at hand: the member's, or the next element of the array around it.</summary>
    private static string Here(Stack<(string Prefix, int Index)> path, string member)
    {
        if (path.Count == 0)
        {
            return "";
        }

        var (prefix, index) = path.Peek();
        if (index < 0)
        {
            return member;
        }

        path.Pop();
        path.Push((prefix, index + 1));
        return $"{prefix}[{index}]";
    }
}
