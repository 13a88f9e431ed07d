using System.Text;
using TrainingCluster.EngineNode.Log;

namespace TrainingCluster.FaultTests.Harness;

/// <summary>Reads a log while it is written, whole lines only.</summary>
internal sealed class LogTail(string path) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly MemoryStream _rest = new();
    private FileStream? _file;

    public IReadOnlyList<LogEntry> ReadNew()
    {
        if (_file is null && !File.Exists(path))
        {
            return [];
        }

        _file ??= new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        while (_file.Read(_buffer) is var read and > 0)
        {
            _rest.Write(_buffer, 0, read);
        }

        var bytes = _rest.GetBuffer().AsSpan(0, (int)_rest.Length);
        var end = bytes.LastIndexOf((byte)'\n') + 1;
        if (end == 0)
        {
            return [];
        }

        var text = Encoding.UTF8.GetString(bytes[..end]);
        var rest = bytes[end..].ToArray();
        _rest.SetLength(0);
        _rest.Write(rest);
        return [.. NodeLog.Read(text)];
    }

    public void Dispose()
    {
        _file?.Dispose();
        _rest.Dispose();
    }
}
