using System.Runtime.InteropServices;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>Ctrl-C and SIGTERM cancel what can be taken up again; a second one ends the process as usual.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(
            PosixSignal.SIGINT, signal => Ask(signal, Cli.ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM, signal => Ask(signal, Cli.ExitCode.Terminated));
    }

    public CancellationToken Asked => _asked.Token;

    /// <summary>The exit code that the signal calls for.</summary>
    public int ExitCode { get; private set; } = Cli.ExitCode.Success;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _asked.Dispose();
    }

    private void Ask(PosixSignalContext signal, int exitCode)
    {
        if (_asked.IsCancellationRequested)
        {
            return;
        }

        signal.Cancel = true;
        ExitCode = exitCode;
        _asked.Cancel();
    }
}
