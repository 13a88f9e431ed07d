using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Store;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>`trainctl data status`: what is stored, how old it is, and how much room it takes.</summary>
internal static class DataStatusCommand
{
    public static Command Create(CommandContext context)
    {
        var verify = new Option<bool>("--verify")
        {
            Description = "Read every file and compare its checksum; exit code 5 where one is damaged",
        };
        var command = new Command("status", "List the stored bars") { verify };
        command.SetAction(parsed =>
        {
            var data = DataStore.Of(parsed, context);
            var document = data.Exists
                ? Document(data, parsed.GetValue(verify), context.Clock.GetUtcNow())
                : new StatusDocument([], null, 0, data.Options.CacheLimitBytes, 0, 0);
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, document);
            }
            else
            {
                Write(context.Console.Out, document);
            }

            return document.Items.Any(line => line.Damaged == true) ? ExitCode.CheckFailed : ExitCode.Success;
        });
        return command;
    }

    private static StatusDocument Document(DataStore data, bool verify, DateTimeOffset now)
    {
        var store = data.Open();
        var rows = store.List();
        var pending = Path.Combine(data.Folder, "pending");
        return new StatusDocument(
            [.. rows.Select(row => StatusLine.Of(
                row, store.FactorsOf(row.Key), now, verify ? IsDamaged(store, row) : null))],
            null, rows.Sum(row => row.Bytes), data.Options.CacheLimitBytes, data.Quarantine.Count(),
            Directory.Exists(pending)
                ? Directory.EnumerateFiles(pending, "request.json", SearchOption.AllDirectories).Count()
                : 0);
    }

    private static bool IsDamaged(BarStore store, StoredBars row)
    {
        try
        {
            store.Open(row.Key);
            return false;
        }
        catch (BarFileCorruptException)
        {
            return true;
        }
    }

    private static void Write(TextWriter writer, StatusDocument document)
    {
        if (document.Items.Length == 0)
        {
            writer.WriteLine("no bars stored yet; store some with: trainctl data import FILE or trainctl data update");
        }

        foreach (var line in document.Items)
        {
            var damaged = line.Damaged is not { } known ? "" : known ? ", DAMAGED" : ", checksum good";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{line.Source}/{line.Symbol} {line.Timeframe}: {line.Bars} bars, {TextFormat.Time(line.First)} to "
                    + $"{TextFormat.Time(line.Last)}, {line.Bytes} bytes, digest {line.Sha256[..12]}, fetched "
                    + $"{TextFormat.Time(line.FetchedAt)}{damaged}{Factors(line)}"));
        }

        if (document.Items.Length > 0)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{document.TotalBytes} of {document.LimitBytes} bytes, {document.Quarantined} batches kept apart, "
                    + $"{document.PendingFetches} broken fetches to go on with"));
        }
    }

    private static string Factors(StatusLine line) => line.Factors.Length == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $", {line.Factors.Count(one => one.SharesPerOld != 1)} splits and "
            + $"{line.Factors.Count(one => one.Dividend != 0)} dividends known");

    private sealed record StatusDocument(
        StatusLine[] Items, string? NextPageToken, long TotalBytes, long LimitBytes, int Quarantined,
        int PendingFetches);

    private sealed record StatusLine(
        string Source, string Symbol, string Timeframe, double IntervalSeconds, int Bars, DateTimeOffset First,
        DateTimeOffset Last, double AgeSeconds, long Bytes, string Sha256, DateTimeOffset FetchedAt, bool? Damaged,
        FactorLine[] Factors)
    {
        public static StatusLine Of(
            StoredBars row, ImmutableArray<PriceFactor> factors, DateTimeOffset now, bool? damaged) => new(
            row.Key.Source, row.Key.Symbol, TextFormat.Timeframe(row.Key.Interval), row.Key.Interval.TotalSeconds,
            row.Bars, row.First, row.Last, Math.Round((now - row.Last).TotalSeconds), row.Bytes, row.Digest.Hex,
            row.FetchedAt, damaged, [.. factors.Select(factor => new FactorLine(
                DateTimeOffset.FromUnixTimeMilliseconds(factor.From), factor.SharesPerOld, factor.Dividend))]);
    }

    private sealed record FactorLine(DateTimeOffset From, double SharesPerOld, double Dividend);
}
