using TrainingCluster.Testing.Files;

namespace TrainingCluster.UnitTests.Architecture;

/// <summary>The C# files of the checkout.</summary>
internal static class Sources
{
    public static IEnumerable<string> In(params string[] folders) =>
        folders.SelectMany(folder => Directory.EnumerateFiles(
            Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories));
}
