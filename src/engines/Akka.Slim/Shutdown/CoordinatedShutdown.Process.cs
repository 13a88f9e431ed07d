using System.Runtime.InteropServices;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The shutdown and the end of the process: each may bring about the other.</summary>
public sealed partial class CoordinatedShutdown
{
    /// <summary>As of a process that SIGTERM has killed: 128 + 15.</summary>
    private const int TerminatedExitCode = 143;

    private volatile bool _processIsEnding;

    /// <summary>
    /// What a termination signal does. The runtime does not turn it into a process exit by itself.
    /// </summary>
    internal void OnTerminationSignal()
    {
        _log.Info("The process was told to terminate.");
        ExitAfter(Run(ClrExitReason.Instance), TerminatedExitCode);
    }

    private void ListenToTheProcess()
    {
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        var signals = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            OnTerminationSignal();
        });
        _system.RegisterOnTermination(() =>
        {
            AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
            signals.Dispose();
        });
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        _processIsEnding = true;
        var run = Run(ClrExitReason.Instance);
        Task.WhenAny(run, Task.Delay(TotalTimeout)).GetAwaiter().GetResult();
    }

    /// <summary>Not from within the run: the exit waits for the shutdowns of all systems.</summary>
    private void ExitAfter(Task run, int exitCode) => run.ContinueWith(
        _ =>
        {
            if (!_processIsEnding)
                _system.Exit(exitCode);
        },
        CancellationToken.None,
        TaskContinuationOptions.None,
        TaskScheduler.Default);
}
