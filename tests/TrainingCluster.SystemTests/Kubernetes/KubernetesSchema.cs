namespace TrainingCluster.SystemTests.Kubernetes;

/// <summary>
/// Finds kinds and fields that Kubernetes does not know, and values of another type than it takes. What is needed is
/// not checked: the schema does not say.
/// </summary>
internal static class KubernetesSchema
{
    private static readonly Dictionary<string, string> Kinds = [];
    private static readonly Dictionary<string, Dictionary<string, string>> Types = [];

    static KubernetesSchema()
    {
        using var stream = typeof(KubernetesSchema).Assembly.GetManifestResourceStream("kubernetes-schema.txt")!;
        using var reader = new StreamReader(stream);
        Dictionary<string, string> fields = [];
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                // Fields are indented; one of them is called type.
                case [var field, var type] when line.StartsWith(' '):
                    fields.Add(field, type);
                    break;
                case ["kind", var version, var kind, var type]:
                    Kinds.Add($"{version} {kind}", type);
                    break;
                case ["type", var name]:
                    Types.Add(name, fields = []);
                    break;
            }
        }
    }

    public static IEnumerable<string> Problems(object? document)
    {
        var kind = $"{document.Text("apiVersion")} {document.Text("kind")}";
        return Kinds.TryGetValue(kind, out var type)
            ? Check(type, document, document.Text("metadata/name") ?? kind)
            : [$"there is no {kind}"];
    }

    private static IEnumerable<string> Check(string type, object? value, string path) => (type, value) switch
    {
        ("any", _) or (_, null) => [],
        ("string", string) or ("number", double) or ("boolean", bool) or ("scalar", string or double) => [],
        (['[', .. var element, ']'], IReadOnlyList<object?> list) =>
            list.SelectMany((item, i) => Check(element, item, $"{path}[{i}]")),
        (['{', .. var element, '}'], IReadOnlyDictionary<string, object?> map) =>
            map.SelectMany(item => Check(element, item.Value, $"{path}.{item.Key}")),
        (_, IReadOnlyDictionary<string, object?> map) when Types.TryGetValue(type, out var fields) =>
            map.SelectMany(item => fields.TryGetValue(item.Key, out var field) || fields.TryGetValue("*", out field)
                ? Check(field, item.Value, $"{path}.{item.Key}")
                : [$"{path} has no field '{item.Key}'"]),
        _ => [$"{path} is {value}, which is no {type}"],
    };
}
