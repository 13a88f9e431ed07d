using System.Text.RegularExpressions;

namespace TrainingCluster.EngineTests.Actors;

public sealed partial class SemanticsPageSpecs
{
    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var methods = typeof(SemanticsPageSpecs).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet();

        var named = TestName().Matches(File.ReadAllText(Page())).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, methods));
    }

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var page = Path.Combine(folder.FullName, "docs", "semantics.md");
            if (File.Exists(page))
                return page;
        }
        throw new FileNotFoundException("docs/semantics.md is not above the test's folder.");
    }

    [GeneratedRegex(@"`(\w+Specs\.\w+)`")]
    private static partial Regex TestName();
}
