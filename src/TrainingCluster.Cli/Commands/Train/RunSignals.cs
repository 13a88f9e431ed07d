using System.Runtime.InteropServices;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>
/// Ctrl-C and SIGTERM ask a run to stop after a checkpoint. A second Ctrl-C within two seconds ends the process
/// at once.
/// </summary>
internal sealed class RunSignals : IDisposable
{
    private static readonly TimeSpan Insistence = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _asked = new();
    private readonly TimeProvider _clock;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private long _firstInterrupt;

    public RunSignals(TimeProvider clock, TextWriter error)
    {
        _clock = clock;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            Interrupted(error);
        });
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            Ask(Cli.ExitCode.Terminated);
        });
    }

    /// <summary>Cancelled once somebody asked to stop.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>The exit code that the signal calls for.</summary>
    public int ExitCode { get; private set; } = Cli.ExitCode.Success;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _asked.Dispose();
    }

    private void Interrupted(TextWriter error)
    {
        if (_asked.IsCancellationRequested && _clock.GetElapsedTime(_firstInterrupt) < Insistence)
        {
            Environment.Exit(Cli.ExitCode.Interrupted);
        }

        _firstInterrupt = _clock.GetTimestamp();
        if (!_asked.IsCancellationRequested)
        {
            error.WriteLine("stopping after a checkpoint; press Ctrl-C again to end at once");
            Ask(Cli.ExitCode.Interrupted);
        }
    }

    private void Ask(int exitCode)
    {
        ExitCode = ExitCode == Cli.ExitCode.Success ? exitCode : ExitCode;
        _asked.Cancel();
    }
}
