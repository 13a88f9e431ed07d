using Akka.Configuration.Hocon;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>Settings written as text: substitutions reach no further than the text that is parsed.</summary>
internal static class HoconText
{
    /// <summary>One line for each scalar and list at or below <paramref name="path"/>.</summary>
    public static string Of(string path, HoconValue? value) => value switch
    {
        null => "",
        _ when value.IsObject() => string.Concat(
            value.GetObject().Items.Select(item => Of($"{path}.{Quoted(item.Key)}", item.Value))),
        _ when value.IsArray() => $"{path} = [{string.Join(", ", value.GetStringList().Select(Quoted))}]\n",
        _ => $"{path} = {Quoted(value.GetString() ?? "")}\n",
    };

    public static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";
}
