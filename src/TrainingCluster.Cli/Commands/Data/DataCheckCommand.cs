using System.CommandLine;
using System.Globalization;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Node.Reporting.Data;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>`trainctl data check` and `data gaps`: what is wrong with a file, and whether it may be used.</summary>
internal static class DataCheckCommand
{
    private const int Shown = 50;

    public static Command Create(CommandContext context) =>
        Create(context, "check", "Check a file of bars; exit code 5 where it may not be trained on", _ => true);

    public static Command CreateGaps(CommandContext context) =>
        Create(context, "gaps", "Find missing bars in a file", finding => finding.Check == "gaps");

    private static Command Create(
        CommandContext context, string name, string description, Func<QualityFinding, bool> isAsked)
    {
        var command = new Command(name, description);
        var report = PageFile.Option();
        var file = new DataFile(command);
        command.Options.Add(report);
        command.SetAction(parsed =>
        {
            var quality = file.Quality(parsed, context.Clock);
            var imported = file.Read(parsed);
            var raw = imported.Bars is { } bars ? BarQuality.Check(bars, quality) : null;
            var verdict = BatchGate.Judge(imported, new BatchOptions { Quality = quality });
            var document = Document(verdict, [.. (raw?.Findings ?? []).Where(isAsked)]);
            PageFile.Write(context, parsed.GetValue(report), () => QualityPage.Render(
                verdict, raw, CommandText.Of(context.Arguments), ProductVersion.Text));
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, document);
            }
            else
            {
                Write(context.Console.Out, document);
            }

            return verdict.Passed || name != "check" ? ExitCode.Success : ExitCode.CheckFailed;
        });
        return command;
    }

    private static CheckDocument Document(BatchVerdict verdict, QualityFinding[] findings) => new(
        verdict.Source.Source,
        verdict.Source.Dialect,
        verdict.Draft?.Symbol,
        verdict.Source.Bars?.Count ?? 0,
        verdict.Report?.Score,
        verdict.Passed,
        [.. verdict.Reasons],
        [.. findings.Select(finding => FindingOf(finding, verdict.Source.Bars!))],
        [.. verdict.Source.Violations.Select(v => new ViolationLine(v.Line, v.Column, v.Value, v.Rule))],
        verdict.Source.TotalViolations,
        [.. verdict.Repairs.Items.Select(repair => repair.ToString())],
        verdict.Repairs.Total);

    private static FindingLine FindingOf(QualityFinding finding, BarDraft bars) => new(
        finding.Check, finding.Severity, finding.Count, finding.Detail,
        [.. finding.FirstBars.Select(bar => Stamp(bars.Times.Span[bar]))],
        bars.Lines.Length == bars.Count ? [.. finding.FirstBars.Select(bar => bars.Lines.Span[bar])] : []);

    private static void Write(TextWriter writer, CheckDocument document)
    {
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{document.File}: {document.Bars} bars, quality {document.Score ?? 0:0.0000}, "
                + $"{(document.Passed ? "passed" : "not passed")}"));
        List("reason", document.Reasons, document.Reasons.Length);
        List(
            "unreadable",
            [
                .. document.Violations.Select(v => string.Join(", ", new[]
                {
                    v.Line is { } line ? $"line {line}" : null, v.Column is null ? null : $"column '{v.Column}'",
                    v.Value is null ? null : $"value '{v.Value}'", v.Rule,
                }.Where(part => part is not null))),
            ],
            document.TotalViolations);
        foreach (var finding in document.Findings)
        {
            var place = finding.Lines.Length > 0
                ? $"lines {string.Join(", ", finding.Lines)}"
                : string.Join(", ", finding.At);
            writer.WriteLine($"  {finding.Severity.ToString().ToLowerInvariant()}: {finding.Check}: "
                + $"{finding.Detail} ({place})");
        }

        List("repaired", document.Repairs, document.TotalRepairs);

        void List(string kind, string[] items, long total)
        {
            foreach (var item in items.Take(Shown))
            {
                writer.WriteLine($"  {kind}: {item}");
            }

            if (total > Shown)
            {
                writer.WriteLine($"  {kind}: {total - Math.Min(items.Length, Shown)} more");
            }
        }
    }

    private static string Stamp(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record CheckDocument(
        string File, TrainingCluster.MarketData.Import.BarDialect? Dialect, string? Symbol, int Bars, double? Score,
        bool Passed, string[] Reasons, FindingLine[] Findings, ViolationLine[] Violations, long TotalViolations,
        string[] Repairs, long TotalRepairs);

    private sealed record FindingLine(
        string Check, QualitySeverity Severity, long Count, string Detail, string[] At, long[] Lines);

    private sealed record ViolationLine(long? Line, string? Column, string? Value, string Rule);
}
