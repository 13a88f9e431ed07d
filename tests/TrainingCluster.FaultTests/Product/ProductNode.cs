using System.Diagnostics;
using System.Globalization;
using TrainingCluster.FaultTests.Harness;

namespace TrainingCluster.FaultTests.Product;

/// <summary>A process of <c>trainctl node start</c>; one after the other under the same name.</summary>
internal sealed class ProductNode(string stateDirectory, string configFile, int port, string roles) : IDisposable
{
    // Beside the tests' own folder, built the same way: artifacts/bin/PROJECT/CONFIGURATION.
    public static readonly string Program = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "TrainingCluster.Cli",
        Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "trainctl.dll");
    private NodeOutput _output = new();
    private Process? _process;

    public int Port => port;

    public string Roles => roles;

    /// <summary>As other nodes know it, but for the incarnation.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"akka.tcp://training@127.0.0.1:{port}");

    public IReadOnlyList<string> Output => _output.Lines;

    public bool IsUp => Output.Any(line => line.EndsWith("is up", StringComparison.Ordinal));

    public bool HasExited => _process is null || _process.HasExited;

    /// <summary>Null while it runs.</summary>
    public int? ExitCode => _process is { HasExited: true } ended ? ended.ExitCode : null;

    private Process Running => _process ?? throw new InvalidOperationException($"node {port} was not started");

    public void Start()
    {
        _process?.Dispose();
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[]
        {
            Program, "node", "start", "--state", stateDirectory, "--config", configFile, "--role", roles,
            "--port", port.ToString(CultureInfo.InvariantCulture), "--slots", "2", "--with-parent",
        })
        {
            start.ArgumentList.Add(argument);
        }

        _output = new NodeOutput();
        _process = Process.Start(start) ?? throw new InvalidOperationException("the node did not start");
        _output.Follow(_process);
    }

    public void Kill() => ProcessSignal.Send(ProcessSignal.Kill, Running.Id);

    public void Terminate() => ProcessSignal.Send(ProcessSignal.Terminate, Running.Id);

    public void Freeze() => ProcessSignal.Send(ProcessSignal.Stop, Running.Id);

    public void Thaw() => ProcessSignal.Send(ProcessSignal.Continue, Running.Id);

    public Task ExitedAsync(TimeSpan within) => Running.WaitForExitAsync().WaitAsync(within);

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
    }
}
