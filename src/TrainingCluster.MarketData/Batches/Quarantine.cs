using System.Text.Json;
using TrainingCluster.MarketData.Content;

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

        var name = $"{Path.GetFileName(file)}-{digest.Short}";
        var place = Path.Combine(folder, name);
        if (Directory.Exists(place))
        {
            return place;
        }

        var draft = Path.Combine(folder, $".{name}-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
        Directory.CreateDirectory(draft);
        File.Copy(file, Path.Combine(draft, Path.GetFileName(file)), overwrite: true);
        File.WriteAllText(Path.Combine(draft, "reasons.json"), JsonSerializer.Serialize(
            new Note(
                file, digest.Hex, clock.GetUtcNow(), [.. verdict.Reasons],
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
