using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TrainingCluster.FaultTests.Harness;

/// <summary>A node under test: one process at a time, with one log for all of them.</summary>
internal sealed partial class Node : IDisposable
{
    private const int Kill9 = 9;
    private const int Term = 15;
    private const int Cont = 18;
    private const int Stop = 19;
    private readonly LogTail _tail;
    private readonly IReadOnlyList<string> _wrapper;
    private readonly IReadOnlyList<string> _arguments;
    private readonly NodeOutput _output = new();
    private Process? _process;

    /// <param name="name">As its log has it.</param>
    /// <param name="port">Its identity.</param>
    /// <param name="folder">Where its log lies.</param>
    /// <param name="wrapper">See <see cref="NodeStart"/>.</param>
    /// <param name="arguments">Beyond identity and log.</param>
    public Node(
        string name, int port, string folder, IReadOnlyList<string> wrapper, IEnumerable<string> arguments)
    {
        Name = name;
        Port = port;
        var log = Path.Combine(folder, $"{name}.log");
        _tail = new LogTail(log);
        _wrapper = wrapper;
        _arguments =
        [
            "--node", name, "--port", port.ToString(CultureInfo.InvariantCulture), "--log", log, .. arguments,
        ];
    }

    public string Name { get; }

    public int Port { get; }

    public NodeView View { get; } = new();

    /// <summary>What it said on its channels.</summary>
    public IReadOnlyList<string> Output => _output.Lines;

    public int ProcessId => Running.Id;

    public bool HasExited => _process is null || _process.HasExited;

    /// <summary>Null while it runs.</summary>
    public int? ExitCode => _process is { HasExited: true } ended ? ended.ExitCode : null;

    private Process Running => _process ?? throw new InvalidOperationException($"{Name} was not started");

    public void Start()
    {
        _process?.Dispose();
        _process = NodeStart.Start(_wrapper, _arguments);
        _output.Follow(_process);
    }

    public void Kill() => Signal(Kill9);

    public void Freeze() => Signal(Stop);

    public void Thaw() => Signal(Cont);

    public void Terminate() => Signal(Term);

    public Task WaitForExitAsync(CancellationToken cancellation) => Running.WaitForExitAsync(cancellation);

    /// <summary>Takes in what the log has got since.</summary>
    public void ReadLog()
    {
        foreach (var entry in _tail.ReadNew())
        {
            View.Add(entry);
        }
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        _tail.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);

    private void Signal(int signal)
    {
        if (SendSignal(ProcessId, signal) != 0)
        {
            throw new InvalidOperationException(
                $"signal {signal} to {Name} failed: error {Marshal.GetLastPInvokeError()}");
        }
    }
}
