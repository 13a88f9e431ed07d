using System.Globalization;
using System.Text.RegularExpressions;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.Testing.Files;

namespace TrainingCluster.UnitTests.MarketData.Quality;

/// <summary>Every defect that the list of real files names is found, with the list's own count.</summary>
public sealed partial class ManifestSpecs
{
    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>();
            var list = SharedData.Find("MANIFEST.tsv");
            foreach (var line in list is null ? [] : File.ReadLines(list).Skip(1))
            {
                var fields = line.Split('\t');
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
    [MemberData(nameof(Files))]
    public void Defects_are_found_with_their_counts(string file, string notes)
    {
        if (file.Length == 0)
        {
            return;
        }

        var bars = BarImporter.Read(SharedData.Find(file.Split('/'))!).ToSeries();
        var findings = BarQuality.Check(bars).Findings.ToDictionary(finding => finding.Check);

        Expect(OnePrice(), "flat", exact: true);
        Expect(NoVolume(), "volume", exact: true);
        Expect(Moves(), "jumps", exact: true);
        Expect(Wicks(), "wicks", exact: true);
        Expect(TooSoon(), "steps", exact: true);
        Expect(Weekends(), "weekends", exact: true);
        Expect(Spikes(), "spikes", exact: false);
        Expect(LongGaps(), "gaps", exact: false);
        if (Stale().Match(notes) is { Success: true } stale && Number(stale) >= 50)
        {
            Assert.Contains("stale", findings.Keys);
        }

        void Expect(Regex pattern, string check, bool exact)
        {
            if (pattern.Match(notes) is not { Success: true } match)
            {
                return;
            }

            Assert.True(findings.TryGetValue(check, out var finding), $"{file}: {check} says nothing: {notes}");
            Assert.True(
                exact ? finding!.Count == Number(match) : finding!.Count >= Number(match),
                $"{file}: {check} found {finding.Count}, listed are {Number(match)}");
        }
    }

    private static long Number(Match match) => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"O=H=L=C on (\d+) bars")]
    private static partial Regex OnePrice();

    [GeneratedRegex(@"zero volume x(\d+)")]
    private static partial Regex NoVolume();

    [GeneratedRegex(@"\|log return\|>[.\d]+ x(\d+)")]
    private static partial Regex Moves();

    [GeneratedRegex(@"wick beyond body >15% x(\d+)")]
    private static partial Regex Wicks();

    [GeneratedRegex(@"(\d+) steps shorter than the interval")]
    private static partial Regex TooSoon();

    [GeneratedRegex(@"(\d+) weekend bars")]
    private static partial Regex Weekends();

    [GeneratedRegex(@"spike-and-revert \(bad tick\?\) x(\d+)")]
    private static partial Regex Spikes();

    [GeneratedRegex(@"gaps >5 calendar days x(\d+)")]
    private static partial Regex LongGaps();

    [GeneratedRegex(@"longest stale run (\d+)")]
    private static partial Regex Stale();
}
