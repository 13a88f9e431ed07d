using System.Collections.Immutable;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Ends an actor system in phases. The tasks of a phase run side by side; the next phase waits for all of
/// them or for the
/// phase's timeout.
/// </summary>
public sealed partial class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly ActorSystemImpl _system;
    private readonly ILoggingAdapter _log;
    private readonly ImmutableArray<ShutdownPhase> _phases;
    private readonly bool _exitsProcess;
    private readonly Dictionary<string, List<(string Name, Func<Task<Done>> Run)>> _tasks = [];
    private readonly Lock _lock = new();
    private Task<Done>? _run;

    internal CoordinatedShutdown(ActorSystemImpl system)
    {
        _system = system;
        _log = Logging.GetLogger(system, this);
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown")!;
        _phases = ShutdownPhases.Read(config);
        _exitsProcess = config.GetBoolean("exit-clr");
    }

    public ExtendedActorSystem System => _system;

    /// <summary>Null until the shutdown has begun.</summary>
    public Reason? ShutdownReason { get; private set; }

    /// <summary>All phases that have tasks together.</summary>
    public TimeSpan TotalTimeout
    {
        get
        {
            lock (_lock)
            {
                return _tasks.Keys.Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));
            }
        }
    }

    public static CoordinatedShutdown Get(ActorSystem sys) => CoordinatedShutdownExtension.Instance.Get(sys);

    /// <exception cref="ArgumentException">No such phase.</exception>
    public TimeSpan Timeout(string phase) => Phase(phase).Timeout;

    /// <summary>Also a running phase's tasks may add tasks, to later phases.</summary>
    /// <exception cref="ArgumentException">No such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        Phase(phase);
        lock (_lock)
        {
            if (!_tasks.TryGetValue(phase, out var tasks))
                _tasks.Add(phase, tasks = []);
            tasks.Add((taskName, task));
        }
    }

    /// <summary>Begins once; every call gives the task of the first.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="fromPhase">The phases before it are left out.</param>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        var first = fromPhase is null ? 0 : _phases.IndexOf(Phase(fromPhase));
        lock (_lock)
        {
            if (_run is not null)
                return _run;
            ShutdownReason = reason;
            _log.Debug("Coordinated shutdown, because of {0}.", reason);
            var done = new TaskCompletionSource<Done>(_system.Completions);
            _system.Dispatchers.DefaultGlobalDispatcher.Schedule(() => _ = RunPhases(first, done));
            _run = done.Task;
            if (_exitsProcess)
                ExitAfter(_run, reason.ExitCode);
            return _run;
        }
    }

    internal void Install()
    {
        var settings = _system.Settings;
        if (settings.CoordinatedShutdownTerminateActorSystem)
        {
            AddTask(PhaseActorSystemTerminate, "terminate-system", async () =>
            {
                await _system.FinalTerminate().ConfigureAwait(false);
                return Done.Instance;
            });
        }
        if (settings.Config.GetBoolean("akka.coordinated-shutdown.run-by-clr-shutdown-hook"))
            ListenToTheProcess();
    }

    private async Task RunPhases(int first, TaskCompletionSource<Done> done)
    {
        try
        {
            foreach (var phase in _phases.AsSpan()[first..].ToArray())
                await RunPhase(phase).ConfigureAwait(false);
            done.TrySetResult(Done.Instance);
        }
        catch (Exception cause)
        {
            done.TrySetException(cause);
        }
    }

    private async Task RunPhase(ShutdownPhase phase)
    {
        (string Name, Func<Task<Done>> Run)[] tasks;
        lock (_lock)
            tasks = _tasks.TryGetValue(phase.Name, out var found) ? [.. found] : [];
        if (tasks.Length == 0)
            return;
        if (!phase.Enabled)
        {
            _log.Info("Phase {0} is disabled; {1} tasks are left out.", phase.Name, tasks.Length);
            return;
        }
        _log.Debug("Phase {0} runs {1} tasks: {2}", phase.Name, tasks.Length, string.Join(
            ", ", tasks.Select(t => t.Name)));
        var all = Task.WhenAll(tasks.Select(task => RunTask(phase, task.Name, task.Run)));
        try
        {
            await all.WaitAsync(phase.Timeout, _system.Time).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!all.IsCompleted)
        {
            var text = $"Phase {phase.Name} was not done within {phase.Timeout}.";
            if (!phase.Recover)
                throw new TimeoutException(text);
            _log.Warning(text);
        }
    }

    private async Task RunTask(ShutdownPhase phase, string name, Func<Task<Done>> run)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (Exception e) when (phase.Recover)
        {
            _log.Warning(e, "Task {0} of phase {1} failed: {2}", name, phase.Name, e.Message);
        }
    }

    private ShutdownPhase Phase(string name) => _phases.FirstOrDefault(phase => phase.Name == name)
        ?? throw new ArgumentException(
            $"'{name}' is no phase; there are {string.Join(", ", _phases.Select(phase => phase.Name))}.",
            nameof(name));
}
