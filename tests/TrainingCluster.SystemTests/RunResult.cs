using System.Text.Json;

namespace TrainingCluster.SystemTests;

/// <summary>The document of a run, as tests look at it.</summary>
internal sealed class RunResult(JsonElement document)
{
    public JsonElement Document { get; } = document;

    public string Id => Text(Document, "runId");

    public string Status => Text(Document, "status");

    public string Report => Text(Document, "report");

    public IReadOnlyList<JsonElement> Jobs => [.. Document.GetProperty("jobs").EnumerateArray()];

    public JsonElement Job(string id) => Jobs.Single(job => Text(job, "id") == id);

    public int Attempts(string job) => Job(job).GetProperty("attempts").GetInt32();

    public string Version(string job) => Text(Job(job), "version");

    /// <summary>"ppo/atr_breakout model 3a15…": every file of every job, or of those that are named.</summary>
    public IReadOnlyList<string> Digests(params string[] jobs) =>
    [
        .. from job in Jobs
           where jobs.Length == 0 || jobs.Contains(Text(job, "id"))
           from file in job.GetProperty("artifacts").EnumerateArray()
           select $"{Text(job, "id")} {Text(file, "role")} {Text(file, "sha256")}",
    ];

    public string Digest(string job, string role) => Text(
        Job(job).GetProperty("artifacts").EnumerateArray().Single(file => Text(file, "role") == role), "sha256");

    public static string Text(JsonElement element, string property) => element.GetProperty(property).GetString() ?? "";
}
