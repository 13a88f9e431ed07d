using System.Diagnostics;
using System.Globalization;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Cli.Commands.Nodes;

/// <summary>A node that this process started; it leaves when this process ends, however it ends.</summary>
internal sealed class ChildNode : IDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Task _copied;

    /// <param name="apiPort">Null: the node has no HTTP interface.</param>
    public ChildNode(StateDirectory state, int port, int pbmPort, int slots, int? apiPort)
    {
        (Port, PbmPort) = (port, pbmPort);
        var number = port.ToString(CultureInfo.InvariantCulture);
        LogPath = Path.Combine(state.LogsPath, $"node-{number}.log");
        _log = new StreamWriter(LogPath, append: true) { AutoFlush = true };
        _process = OwnProgram.Start(
        [
            "node", "start", "--state", state.Root, "--port", number,
            "--slots", slots.ToString(CultureInfo.InvariantCulture),
            "--pbm-port", pbmPort.ToString(CultureInfo.InvariantCulture), "--with-parent",
            .. apiPort is { } api
                ? new[]
                {
                    "--role", "coordinator,trainer,registry,api",
                    "--api-port", api.ToString(CultureInfo.InvariantCulture),
                }
                : [],
        ]);
        _copied = Task.WhenAll(CopyAsync(_process.StandardOutput), CopyAsync(_process.StandardError));
    }

    public int Port { get; }

    public int PbmPort { get; }

    public string LogPath { get; }

    public int ProcessId => _process.Id;

    public void Terminate() => ProcessSignals.Terminate(_process.Id);

    /// <returns>The exit code.</returns>
    public async Task<int> EndedAsync()
    {
        await _process.WaitForExitAsync();
        await _copied;
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.Dispose();
        _log.Dispose();
    }

    private async Task CopyAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_log)
            {
                _log.WriteLine(line);
            }
        }
    }
}
