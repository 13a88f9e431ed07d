using System.Text.Json;

namespace TrainingCluster.EngineNode.Log;

/// <summary>
/// A file of JSON lines. A line is with the operating system before the call returns, so that it survives
/// the process.
/// </summary>
internal sealed class NodeLog(string path, string node) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file = new(
        path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Write(int incarnation, LogEntry entry)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(
            entry with { Node = node, ProcessId = Environment.ProcessId, Incarnation = incarnation },
            LogJson.Default.LogEntry);
        Array.Resize(ref line, line.Length + 1);
        line[^1] = (byte)'\n';
        lock (_lock)
        {
            _file.Write(line);
        }
    }

    /// <summary>The lines of a file; one that is cut off at the end is left out.</summary>
    public static IEnumerable<LogEntry> Read(string text) =>
        text[..(text.LastIndexOf('\n') + 1)]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(line, LogJson.Default.LogEntry)
                ?? throw new JsonException($"A line of the log is null."));

    public void Dispose() => _file.Dispose();
}
