using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>`trainctl data generate`: markets whose truth is known, as CSV.</summary>
internal static class DataGenerateCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("generate", "Generate synthetic markets as CSV; the same seed gives the same bytes");
        var market = new MarketFlags(command);
        var output = new Option<string?>("--out")
        {
            Description = "File ending with .csv or .csv.gz for one symbol, else a folder; default: standard output",
            HelpName = "PATH",
        };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace files that are there already" };
        command.Options.Add(output);
        command.Options.Add(overwrite);
        command.SetAction(parsed =>
        {
            var made = market.Generate(parsed);
            var format = parsed.GetValue(CommonOptions.Output);
            if (parsed.GetValue(output) is not { } place)
            {
                WriteOut(context, format, made);
                return ExitCode.Success;
            }

            var files = Files(place, made, parsed.GetValue(overwrite));
            GeneratedDocument[] documents = [.. made.Zip(files, Store)];
            if (format == OutputFormat.Json)
            {
                JsonOutput.WriteList(context.Console.Out, documents);
                return ExitCode.Success;
            }

            foreach (var document in documents)
            {
                var planted = string.Concat(document.Defects.Select(defect => $", {defect.Kind} at bar {defect.Bar}"));
                context.Console.Out.WriteLine(
                    $"{document.File}: {document.Bars} bars, sha-256 {document.Sha256[..12]}{planted}");
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteOut(CommandContext context, OutputFormat format, IReadOnlyList<DefectiveBars> made)
    {
        if (format == OutputFormat.Json || made.Count > 1)
        {
            throw DataFile.Wrong(made.Count > 1
                ? $"{made.Count} markets need --out FOLDER; standard output holds one"
                : "-o json describes files; give --out too, or leave it for CSV on standard output");
        }

        CsvBarWriter.Write(context.Console.Out, made[0].Draft);
    }

    /// <summary>One a market; none of them is there, unless they may be replaced.</summary>
    private static string[] Files(string place, IReadOnlyList<DefectiveBars> made, bool overwrite)
    {
        var isFile = place.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            || place.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase);
        if (isFile && made.Count > 1)
        {
            throw DataFile.Wrong($"--out is the file '{place}', but there are {made.Count} markets; name a folder");
        }

        string[] files = isFile ? [place] : [.. made.Select(bars => Path.Combine(place, $"{bars.Draft.Symbol}.csv"))];
        var there = files.Where(File.Exists).ToArray();
        return overwrite || there.Length == 0 ? files : throw new UserErrorException(new UserError(
            ExitCode.Conflict, "file.exists", $"{string.Join(", ", there)} is there already")
        {
            Hints = ["name another place with --out, or give --overwrite"],
        });
    }

    /// <summary>Written aside and renamed: a file is there whole or not at all.</summary>
    private static GeneratedDocument Store(DefectiveBars bars, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var draft = $"{file}.{Environment.ProcessId}.tmp";
        using (var content = File.Create(draft))
        using (var packed = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(content, CompressionLevel.Optimal) : (Stream)content)
        using (var writer = new StreamWriter(packed))
        {
            CsvBarWriter.Write(writer, bars.Draft);
        }

        File.Move(draft, file, overwrite: true);
        using var written = File.OpenRead(file);
        return new GeneratedDocument(
            bars.Draft.Symbol, file, bars.Draft.Count, Digest.Of(written).Hex,
            [.. bars.Defects.Select(defect => new DefectLine(
                defect.Kind, defect.Bar, DateTimeOffset.FromUnixTimeMilliseconds(bars.Draft.Times.Span[defect.Bar])))]);
    }

    private sealed record GeneratedDocument(string Symbol, string File, int Bars, string Sha256, DefectLine[] Defects);

    private sealed record DefectLine(DefectKind Kind, int Bar, DateTimeOffset At);
}
