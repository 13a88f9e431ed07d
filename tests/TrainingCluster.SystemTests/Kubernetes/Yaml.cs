using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TrainingCluster.SystemTests.Kubernetes;

/// <summary>Documents of YAML as dictionaries, lists, texts, numbers and booleans.</summary>
internal static class Yaml
{
    public static IReadOnlyList<object?> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => Value(document.RootNode))];
    }

    /// <summary>What a path such as <c>spec/template/spec</c> leads to, or null; a number is a place in a list.</summary>
    public static object? At(this object? value, string path)
    {
        foreach (var part in path.Split('/'))
        {
            value = value switch
            {
                IReadOnlyDictionary<string, object?> map => map.GetValueOrDefault(part),
                IReadOnlyList<object?> list when int.TryParse(part, out var i) && i < list.Count => list[i],
                _ => null,
            };
        }

        return value;
    }

    public static string? Text(this object? value, string path) => value.At(path) switch
    {
        null => null,
        bool truth => truth ? "true" : "false",
        var other => Convert.ToString(other, CultureInfo.InvariantCulture),
    };

    public static IReadOnlyList<object?> List(this object? value, string path) =>
        value.At(path) as IReadOnlyList<object?> ?? [];

    public static IReadOnlyDictionary<string, object?> Map(this object? value, string path) =>
        value.At(path) as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();

    private static object? Value(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.ToDictionary(
            child => ((YamlScalarNode)child.Key).Value!, child => Value(child.Value)),
        YamlSequenceNode list => list.Children.Select(Value).ToList(),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value ?? ""),
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };

    private static object? Plain(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => true,
        "false" => false,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}
