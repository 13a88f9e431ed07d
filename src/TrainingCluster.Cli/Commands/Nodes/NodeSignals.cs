using System.Runtime.InteropServices;

namespace TrainingCluster.Cli.Commands.Nodes;

/// <summary>
/// Ctrl-C, SIGTERM and the end of a parent ask a node to leave. A second Ctrl-C ends the process at once, and so does
/// the end of <see cref="Patience"/>: others then take over as they do from a node that was killed.
/// </summary>
internal sealed class NodeSignals : IDisposable
{
    /// <summary>An orderly end takes no longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private readonly CancellationTokenSource _asked = new();
    private readonly TimeProvider _clock;
    private readonly TextWriter _error;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private ITimer? _limit;

    public NodeSignals(TimeProvider clock, TextWriter error)
    {
        _clock = clock;
        _error = error;
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            if (_asked.IsCancellationRequested)
            {
                EndAtOnce(ExitCode.Interrupted);
            }

            Ask();
        }));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            Ask();
        }));
    }

    /// <summary>Cancelled once somebody asked to stop.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>Takes the end of a stream for a request to stop.</summary>
    public void FollowInput(Stream input) => _ = Task.Run(async () =>
    {
        var nothing = new byte[256];
        while (await input.ReadAsync(nothing) > 0)
        {
        }

        Ask();
    });

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _limit?.Dispose();
    }

    private void Ask()
    {
        lock (_asked)
        {
            if (_asked.IsCancellationRequested)
            {
                return;
            }

            _limit = _clock.CreateTimer(_ => GiveUp(), null, Patience, Timeout.InfiniteTimeSpan);
        }

        _asked.Cancel();
    }

    private void GiveUp()
    {
        _error.WriteLine($"the node did not leave within {Patience.TotalSeconds:0} s and ends now; its jobs go on "
            + "elsewhere from their last checkpoints");
        EndAtOnce(ExitCode.Terminated);
    }

    // Not Environment.Exit: it would tear native libraries down under the threads that still compute in them.
    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void EndAtOnce(int exitCode);
}
