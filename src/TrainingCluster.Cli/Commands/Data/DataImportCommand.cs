using System.CommandLine;
using System.Globalization;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Store;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>`trainctl data import` and `data status`: bars into the store below the state directory.</summary>
internal static class DataImportCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("import", "Check, repair and store a file of bars; what fails is kept apart");
        var file = new DataFile(command);
        command.SetAction(parsed =>
        {
            var folder = FolderOf(parsed);
            var quality = file.Quality(parsed, context.Clock);
            var verdict = BatchGate.Judge(file.Read(parsed), new BatchOptions { Quality = quality });
            if (verdict.Bars is not { } bars)
            {
                var place = File.Exists(file.PathOf(parsed))
                    ? new Quarantine(Path.Combine(folder, "quarantine"), context.Clock).Keep(
                        file.PathOf(parsed), verdict)
                    : null;
                throw new Errors.UserErrorException(new Errors.UserError(
                    ExitCode.CheckFailed, "data.not_passed", $"{file.PathOf(parsed)} may not be used")
                {
                    Details = [.. verdict.Reasons.Union(verdict.Source.Violations.Select(wrong => wrong.ToString()))],
                    Hints = place is null ? [] : [$"it is kept in {place}"],
                });
            }

            var store = new BarStore(folder, context.Clock);
            var key = new BarKey("file", bars.Symbol, bars.Interval);
            var (row, added, revised) = store.Append(key, bars);
            var document = new ImportDocument(
                key.Symbol, key.Interval.TotalSeconds, row.Bars, added, revised, row.Digest.Hex,
                [.. verdict.Repairs.Items.Select(repair => repair.ToString())], verdict.Repairs.Total,
                [.. verdict.Source.Violations.Select(wrong => wrong.ToString())], verdict.Source.TotalViolations,
                [.. verdict.Report!.Findings.Select(finding => $"{finding.Check}: {finding.Detail}")]);
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, document);
            }
            else
            {
                context.Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{key}: {added} bars added, {revised} revised, {row.Bars} in all, digest {row.Digest.Short}, "
                        + $"{document.TotalRepairs} repairs, {document.TotalUnreadable} rows unreadable"));
                foreach (var note in document.Unreadable.Concat(document.Findings))
                {
                    context.Console.Out.WriteLine($"  {note}");
                }
            }

            return ExitCode.Success;
        });
        return command;
    }

    public static Command CreateStatus(CommandContext context)
    {
        var command = new Command("status", "List the stored bars");
        command.SetAction(parsed =>
        {
            var folder = FolderOf(parsed);
            var rows = Directory.Exists(folder) ? new BarStore(folder, context.Clock).List() : [];
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.WriteList(context.Console.Out, [.. rows.Select(StatusLine.Of)]);
                return ExitCode.Success;
            }

            if (rows.Count == 0)
            {
                context.Console.Out.WriteLine("no bars stored yet; store some with: trainctl data import FILE");
            }

            foreach (var row in rows)
            {
                context.Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{row.Key}: {row.Bars} bars, {TextFormat.Time(row.First)} to {TextFormat.Time(row.Last)}, "
                        + $"{row.Bytes} bytes, digest {row.Digest.Short}, fetched {TextFormat.Time(row.FetchedAt)}"));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static string FolderOf(ParseResult parsed) =>
        Path.Combine(parsed.GetRequiredValue(CommonOptions.State).FullName, "data");

    private sealed record ImportDocument(
        string Symbol, double IntervalSeconds, int Bars, int Added, int Revised, string Sha256, string[] Repairs,
        long TotalRepairs, string[] Unreadable, long TotalUnreadable, string[] Findings);

    private sealed record StatusLine(
        string Source, string Symbol, double IntervalSeconds, int Bars, DateTimeOffset First, DateTimeOffset Last,
        long Bytes, string Sha256, DateTimeOffset FetchedAt)
    {
        public static StatusLine Of(StoredBars row) => new(
            row.Key.Source, row.Key.Symbol, row.Key.Interval.TotalSeconds, row.Bars, row.First, row.Last, row.Bytes,
            row.Digest.Hex, row.FetchedAt);
    }
}
