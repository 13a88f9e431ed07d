using Akka.Dispatch;

namespace Akka.Actor.Setup;

/// <summary>What the simulation puts in place of the real world.</summary>
internal sealed class EngineSetup : Setup
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes a dispatcher from its id and throughput; null = as configured.</summary>
    public Func<string, int, MessageDispatcher>? Dispatcher { get; init; }

    /// <summary>Ends the process with an exit code.</summary>
    public Action<int> Exit { get; init; } = Environment.Exit;

    /// <summary>Jitter of back-off delays.</summary>
    public Random Random { get; init; } = new();
}
