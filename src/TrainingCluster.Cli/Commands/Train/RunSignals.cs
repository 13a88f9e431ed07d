using System.Runtime.InteropServices;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>
/// Ctrl-C and SIGTERM ask a run to stop after a checkpoint. A second Ctrl-C ends the process at once, and so does
/// the end of <see cref="Patience"/>: what a killed run had checkpointed before is as good to resume from.
/// </summary>
internal sealed class RunSignals : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(14);
    private readonly CancellationTokenSource _asked = new();
    private readonly TimeProvider _clock;
    private readonly TextWriter _error;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private ITimer? _limit;

    public RunSignals(TimeProvider clock, TextWriter error)
    {
        _clock = clock;
        _error = error;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            Interrupted();
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
        _limit?.Dispose();
        _asked.Dispose();
    }

    private void Interrupted()
    {
        if (_asked.IsCancellationRequested)
        {
            EndAtOnce(Cli.ExitCode.Interrupted);
        }

        _error.WriteLine("stopping after a checkpoint; press Ctrl-C again to end at once");
        Ask(Cli.ExitCode.Interrupted);
    }

    private void Ask(int exitCode)
    {
        if (_asked.IsCancellationRequested)
        {
            return;
        }

        ExitCode = exitCode;
        _limit = _clock.CreateTimer(_ => GiveUp(), null, Patience, Timeout.InfiniteTimeSpan);
        _asked.Cancel();
    }

    private void GiveUp()
    {
        _error.WriteLine($"the run did not stop within {Patience.TotalSeconds:0} s; ended without a last checkpoint, "
            + "go on with: trainctl train resume latest");
        EndAtOnce(ExitCode);
    }

    // Not Environment.Exit: it would tear native libraries down under the threads that still compute in them.
    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void EndAtOnce(int exitCode);
}
