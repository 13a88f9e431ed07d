using System.Text.Json;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Batches;

/// <summary>
/// Keeps files that did not pass, with the reasons beside them, until a person looks. A batch is there whole or
/// not at all; the same content is kept once.
/// </summary>
/// <param name="folder">Made when first needed.</param>
/// <param name="clock">For the time of arrival.</param>
public sealed class Quarantine(string folder, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The folder that now holds the batch.</summary>
    /// <exception cref="ArgumentException">The batch passed.</exception>
    public string Keep(string file, BatchVerdict verdict)
    {
        if (verdict.Passed)
        {
            throw new ArgumentException("a batch that passed is not kept apart", nameof(verdict));
        }

        Digest digest;
        using (var content = File.OpenRead(file))
        {
            digest = Digest.Of(content);
        }

        var name = Path.GetFileName(file);
        return Keep(name, file, digest, verdict, place => File.Copy(file, Path.Combine(place, name), overwrite: true));
    }

    /// <summary>The folder that now holds the batch, as CSV.</summary>
    /// <param name="name">Of the batch, such as source and symbol; what a file name cannot hold becomes a dash.</param>
    /// <param name="bars">As they came.</param>
    /// <param name="verdict">Why they are kept apart.</param>
    public string Keep(string name, BarDraft bars, BatchVerdict verdict)
    {
        using var text = new StringWriter();
        CsvBarWriter.Write(text, bars);
        var content = text.ToString();
        var file = string.Concat(
            name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')) + ".csv";
        return Keep(
            file, verdict.Source.Source, Digest.Of(content), verdict,
            place => File.WriteAllText(Path.Combine(place, file), content));
    }

    /// <summary>How many batches are kept.</summary>
    public int Count() => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Count(place => !Path.GetFileName(place).StartsWith('.'))
        : 0;

    private string Keep(string file, string source, Digest digest, BatchVerdict verdict, Action<string> copy)
    {
        var name = $"{file}-{digest.Short}";
        var place = Path.Combine(folder, name);
        if (Directory.Exists(place))
        {
            return place;
        }

        var draft = Path.Combine(folder, $".{name}-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
        Directory.CreateDirectory(draft);
        copy(draft);
        File.WriteAllText(Path.Combine(draft, "reasons.json"), JsonSerializer.Serialize(
            new Note(
                source, digest.Hex, clock.GetUtcNow(), [.. verdict.Reasons],
                [.. verdict.Source.Violations.Select(violation => violation.ToString())],
                verdict.Source.TotalViolations),
            Json));
        Directory.Move(draft, place);
        return place;
    }

    private sealed record Note(
        string File, string Sha256, DateTimeOffset Arrived, string[] Reasons, string[] Violations,
        long TotalViolations);
}
