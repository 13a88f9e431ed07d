using TrainingCluster.Testing.Files;
using TrainingCluster.Testing.Machine;

namespace TrainingCluster.SystemTests.Kubernetes;

/// <summary>The manifests, as files and as kubectl renders them.</summary>
internal static class Overlays
{
    public static readonly string[] Names = ["dev", "cpu", "gpu"];

    public static string? WhyNot => Shell.Has("kubectl") ? null : "there is no kubectl on this machine";

    public static IReadOnlyList<object?> Render(string name) => RenderFolder(Repository.PathOf("k8s", "overlays", name));

    public static IReadOnlyList<object?> RenderFolder(string folder) =>
        [.. Yaml.Read(Shell.Run("kubectl", "kustomize", folder)).Where(document => document is not null)];

    /// <summary>Every document in the files themselves that is a whole object and no patch.</summary>
    public static IEnumerable<(string File, object? Document)> Files() =>
        from file in Directory.EnumerateFiles(Repository.PathOf("k8s"), "*.yaml", SearchOption.AllDirectories)
        where Path.GetFileName(file) != "kustomization.yaml"
        from document in Yaml.Read(File.ReadAllText(file))
        where document.At("kind") is not null
        select (Path.GetRelativePath(Repository.Root, file), document);

    public static object? Find(this IEnumerable<object?> documents, string kind, string name) => documents.Single(
        document => document.Text("kind") == kind && document.Text("metadata/name") == name);
}

/// <summary>A test that renders manifests.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute() => Skip = Overlays.WhyNot;
}

/// <summary>A test that renders each of some manifests.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KubectlTheoryAttribute : TheoryAttribute
{
    public KubectlTheoryAttribute() => Skip = Overlays.WhyNot;
}
