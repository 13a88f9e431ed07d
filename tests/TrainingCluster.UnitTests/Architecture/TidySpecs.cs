using System.Text.RegularExpressions;
using TrainingCluster.Testing.Files;

namespace TrainingCluster.UnitTests.Architecture;

/// <summary>The house rules that a machine can check.</summary>
public sealed partial class TidySpecs
{
    private const int LongestFileLines = 400;
    private const int LongestLineColumns = 120;

    [Fact]
    public void No_source_file_is_longer_than_its_limit()
    {
        var tooLong = Sources.In("src", "tests")
            .Select(file => (file, lines: File.ReadLines(file).Count()))
            .Where(entry => entry.lines > LongestFileLines)
            .Select(entry => $"{Relative(entry.file)} has {entry.lines} lines; at most {LongestFileLines}");

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_line_of_the_product_is_longer_than_its_limit()
    {
        var tooLong = Offences((line, file) =>
            line.Length > LongestLineColumns && file.Contains("/src/"));

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Every_suppressed_warning_says_why()
    {
        var silent = Offences((line, _) =>
            line.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal) && !line.Contains("//"));

        Assert.Empty(silent);
    }

    [Fact]
    public void No_source_holds_a_word_that_means_unfinished()
    {
        var unfinished = Offences((line, file) => Unfinished().IsMatch(line) && !file.EndsWith("TidySpecs.cs"));

        Assert.Empty(unfinished);
    }

    [Fact]
    public void No_type_outside_the_engines_is_named_after_no_idea_in_particular()
    {
        var vague = Offences((line, file) =>
            VagueName().IsMatch(line) && !file.Contains("/src/engines/"));

        Assert.Empty(vague);
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|TBD|XXX|NotImplementedException)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\b(class|record|interface|struct)\s+\w*(Helper|Util|Utils|Utility|Misc|Common)\b")]
    private static partial Regex VagueName();

    private static string[] Offences(Func<string, string, bool> isOffence) =>
        Sources.In("src", "tests")
            .SelectMany(file => File.ReadLines(file).Select((line, index) => (file, line, number: index + 1)))
            .Where(entry => isOffence(entry.line, entry.file))
            .Select(entry => $"{Relative(entry.file)}:{entry.number}: {entry.line.Trim()}")
            .ToArray();

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file);
}
