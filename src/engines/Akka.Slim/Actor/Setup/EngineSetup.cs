using Akka.Dispatch;

namespace Akka.Actor.Setup;

/// <summary>What the simulation puts in place of the real world.</summary>
internal sealed class EngineSetup : Setup
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes a dispatcher from its id and throughput; null = as configured.</summary>
    public Func<string, int, MessageDispatcher>? Dispatcher { get; init; }

    /// <summary>What the nodes share; null = as configured at <c>akka-slim.store</c>.</summary>
    public Store.IStores? Stores { get; init; }

    /// <summary>Who else runs on this host; null = as the host says.</summary>
    public Cluster.Membership.IProcesses? Processes { get; init; }

    /// <summary>Ends the process with an exit code.</summary>
    public Action<int> Exit { get; init; } = Environment.Exit;

    /// <summary>Jitter of back-off delays.</summary>
    public Random Random { get; init; } = new();

    /// <summary>Tells this run of the system from all others; null = drawn.</summary>
    public ulong? Incarnation { get; init; }

    /// <summary>
    /// How tasks that the engine completes let their continuations run. Never on the completing thread, which
    /// may be an actor's; only where there is no other thread, on this one.
    /// </summary>
    public TaskCreationOptions Completions { get; init; } = TaskCreationOptions.RunContinuationsAsynchronously;
}
