using System.Xml.Linq;
using TrainingCluster.Testing.Files;

namespace TrainingCluster.UnitTests.Architecture;

/// <summary>References between projects go one way: along the path that data takes.</summary>
public sealed class ProjectOrderSpecs
{
    private static readonly string[] Order =
    [
        "Akka.Slim", "Akka.Slim.TestKit", "Petabridge.Cmd.Slim", "Petabridge.Cmd.Slim.Client", "TorchSharp.Slim",
        "TrainingCluster.MarketData", "TrainingCluster.Features", "TrainingCluster.Trading", "TrainingCluster.Models",
        "TrainingCluster.Registry", "TrainingCluster.Training", "TrainingCluster.Cluster", "TrainingCluster.Node",
        "TrainingCluster.Api", "TrainingCluster.Cli",
    ];

    /// <summary>Who may name an engine; everybody else sees neither actors nor tensors.</summary>
    private static readonly Dictionary<string, string[]> EngineUsers = new()
    {
        ["Akka.Slim"] = ["Akka.Slim.TestKit", "Petabridge.Cmd.Slim", "TrainingCluster.Cluster"],
        ["Petabridge.Cmd.Slim"] = ["Petabridge.Cmd.Slim.Client", "TrainingCluster.Node"],
        ["Akka.Slim.TestKit"] = [],
        ["TorchSharp.Slim"] = ["TrainingCluster.Models"],
    };

    public static TheoryData<string> Projects =>
        new(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_earlier_ones(string project)
    {
        var references = ReferencesOf(project);

        var place = Array.IndexOf(Order, project);
        Assert.True(place >= 0, $"{project} has no place in the order; give it one");
        foreach (var reference in references)
        {
            Assert.True(
                Array.IndexOf(Order, reference) is var earlier && earlier >= 0 && earlier < place,
                $"{project} -> {reference} goes against the order {string.Join(" <- ", Order)}");
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_the_named_projects_refer_to_an_engine(string project)
    {
        foreach (var reference in ReferencesOf(project).Where(EngineUsers.ContainsKey))
        {
            Assert.Contains(project, EngineUsers[reference]);
        }
    }

    [Theory]
    [InlineData("TrainingCluster.MarketData")]
    [InlineData("TrainingCluster.Features")]
    [InlineData("TrainingCluster.Trading")]
    [InlineData("TrainingCluster.Registry")]
    [InlineData("TrainingCluster.Training")]
    [InlineData("TrainingCluster.Api")]
    [InlineData("TrainingCluster.Cli")]
    public void Sources_outside_the_actors_and_hosts_never_name_an_actor(string project)
    {
        var offenders = Sources.In(Path.Combine("src", project))
            .Where(file => File.ReadLines(file).Any(line => line.StartsWith("using Akka", StringComparison.Ordinal)));

        Assert.Empty(offenders);
    }

    // Directory.Build.targets puts the engine or its package behind the two properties.
    private static string[] ReferencesOf(string name)
    {
        var file = Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "src"), $"{name}.csproj", SearchOption.AllDirectories).Single();
        var project = XDocument.Load(file);
        return project.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(
                reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Concat(project.Descendants("UsesAkka").Select(_ => "Akka.Slim"))
            .Concat(project.Descendants("UsesPetabridgeCmd").Select(_ => "Petabridge.Cmd.Slim"))
            .Concat(project.Descendants("UsesAkkaTestKit").Select(_ => "Akka.Slim.TestKit"))
            .ToArray();
    }
}
