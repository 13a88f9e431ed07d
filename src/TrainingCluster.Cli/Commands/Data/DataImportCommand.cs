using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Store;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>`trainctl data import`: a file, or all files of a folder, into the store.</summary>
internal static class DataImportCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "import", "Check, repair and store a file of bars, or each file below a folder; what fails is kept apart");
        var file = new DataFile(command, "FILE|FOLDER");
        var given = new Option<string?>("--factors")
        {
            Description = "Splits and dividends to adjust earlier bars by: a CSV file with the columns date, split "
                + "(new shares for one) and dividend (money a share)",
            HelpName = "FILE",
        };
        command.Options.Add(given);
        command.SetAction(parsed =>
        {
            var data = DataStore.Of(parsed, context);
            var path = file.PathOf(parsed);
            var isFolder = Directory.Exists(path);
            IReadOnlyList<string> files = isFolder ? BarImporter.FilesIn(path) : [path];
            if (files.Count == 0)
            {
                throw DataFile.Wrong(
                    $"{path} has no files of bars; their names end with .csv, .txt, .tsv, .gz or .zip");
            }

            if (isFolder && parsed.GetValue(given) is not null)
            {
                throw DataFile.Wrong("--factors belong to one series; import its file alone");
            }

            var factors = parsed.GetValue(given) is { } listed ? FactorFile.Read(listed) : [];
            var options = file.Options(parsed);
            var quality = file.Quality(parsed, context.Clock);
            var limits = new BatchOptions { Quality = quality, LeastScore = data.Options.QualityThreshold };
            ImportDocument[] documents = [.. files.Select(one => Import(data, one, options, limits, factors))];
            if (documents.All(document => !document.Stored))
            {
                throw new UserErrorException(Failure(path, documents));
            }

            Write(context, parsed.GetValue(CommonOptions.Output), isFolder, documents);
            return documents.All(document => document.Stored) ? ExitCode.Success : ExitCode.Partial;
        });
        return command;
    }

    private static ImportDocument Import(
        DataStore data, string path, BarImportOptions options, BatchOptions limits, ImmutableArray<PriceFactor> factors)
    {
        var verdict = BatchGate.Judge(BarImporter.Read(path, options), limits);
        if (verdict.Bars is not { } bars)
        {
            return ImportDocument.Refused(
                path,
                [.. verdict.Reasons.Union(verdict.Source.Violations.Select(wrong => wrong.ToString()))],
                File.Exists(path) ? data.Quarantine.Keep(path, verdict) : null);
        }

        try
        {
            (bars, var adjusted) = PriceAdjustment.Apply(bars, factors);
            var repairs = verdict.Repairs.Then(adjusted);
            var key = new BarKey("file", bars.Symbol, bars.Interval);
            var store = data.Open();
            var (row, added, revised) = store.Append(key, bars);
            store.Keep(key, factors);
            return new ImportDocument(
                path, true, key.Symbol, key.Interval.TotalSeconds, row.Bars, added, revised, row.Digest.Hex,
                [.. repairs.Items.Select(repair => repair.ToString())], repairs.Total,
                [.. verdict.Source.Violations.Select(wrong => wrong.ToString())], verdict.Source.TotalViolations,
                [.. verdict.Report!.Findings.Select(finding => $"{finding.Check}: {finding.Detail}")], [], null);
        }
        catch (ArgumentException factor)
        {
            return ImportDocument.Refused(path, [factor.Message], null);
        }
        catch (BarDataException columns)
        {
            return ImportDocument.Refused(path, [columns.Violations[0].ToString()], null);
        }
    }

    private static UserError Failure(string path, ImportDocument[] documents) => new(
        ExitCode.CheckFailed, "data.not_passed", documents is [var only]
            ? $"{only.File} may not be used"
            : $"none of the {documents.Length} files of {path} may be used")
    {
        Details =
        [
            .. from document in documents
               from reason in document.Reasons
               select documents.Length == 1 ? reason : $"{document.File}: {reason}",
        ],
        Hints = [.. documents.Select(document => document.Quarantine).OfType<string>()
            .Select(place => $"it is kept in {place}")],
    };

    private static void Write(
        CommandContext context, OutputFormat format, bool isFolder, ImportDocument[] documents)
    {
        if (format == OutputFormat.Json)
        {
            if (isFolder)
            {
                JsonOutput.WriteList(context.Console.Out, documents);
            }
            else
            {
                JsonOutput.Write(context.Console.Out, documents[0]);
            }

            return;
        }

        foreach (var document in documents.Where(document => document.Stored))
        {
            context.Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"file/{document.Symbol} {TextFormat.Timeframe(TimeSpan.FromSeconds(document.IntervalSeconds))}: "
                    + $"{document.Added} bars added, {document.Revised} revised, {document.Bars} in all, digest "
                    + $"{document.Sha256![..12]}, {document.TotalRepairs} repairs, "
                    + $"{document.TotalUnreadable} rows unreadable"));
            foreach (var note in document.Unreadable.Concat(document.Findings))
            {
                context.Console.Out.WriteLine($"  {note}");
            }
        }

        foreach (var document in documents.Where(document => !document.Stored))
        {
            context.Console.Error.WriteLine($"not stored: {document.File}: {string.Join("; ", document.Reasons)}");
        }
    }

    private sealed record ImportDocument(
        string File, bool Stored, string? Symbol, double IntervalSeconds, int Bars, int Added, int Revised,
        string? Sha256, string[] Repairs, long TotalRepairs, string[] Unreadable, long TotalUnreadable,
        string[] Findings, string[] Reasons, string? Quarantine)
    {
        public static ImportDocument Refused(string file, string[] reasons, string? quarantine) =>
            new(file, false, null, double.NaN, 0, 0, 0, null, [], 0, [], 0, [], reasons, quarantine);
    }
}
