using System.Runtime.InteropServices;
using Akka.Actor;
using TrainingCluster.EngineNode.Log;
using ClusterNode = Akka.Cluster.Cluster;

namespace TrainingCluster.EngineNode;

/// <summary>
/// A node until SIGTERM: when its actor system is taken out of the cluster, another one begins as the next
/// incarnation.
/// </summary>
internal sealed class NodeProcess(NodeOptions options, NodeLog log)
{
    /// <summary>The node could not join.</summary>
    public const int RefusedExitCode = 3;

    /// <summary>The actor system ended for no reason known here.</summary>
    public const int UnexpectedExitCode = 4;

    private readonly CancellationTokenSource _stop = new();

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            _stop.Cancel();
        });
        for (var incarnation = 1; ; incarnation++)
        {
            var reason = await RunOnceAsync(incarnation);
            log.Write(incarnation, new LogEntry { Kind = LogKind.Ended, Text = reason?.ToString() });
            switch (reason)
            {
                case CoordinatedShutdown.ActorSystemTerminateReason when _stop.IsCancellationRequested:
                    return 0;
                case CoordinatedShutdown.ClusterDowningReason when !_stop.IsCancellationRequested:
                    if (options.ExitWhenRemoved is { } code)
                    {
                        return code;
                    }

                    break;
                case CoordinatedShutdown.ClusterJoinUnsuccessfulReason:
                    return RefusedExitCode;
                default:
                    return _stop.IsCancellationRequested ? 0 : UnexpectedExitCode;
            }
        }
    }

    /// <returns>Why the actor system ended.</returns>
    private async Task<CoordinatedShutdown.Reason?> RunOnceAsync(int incarnation)
    {
        var own = new IncarnationLog(log, options.Node, incarnation);
        var system = ActorSystem.Create(options.Cluster, NodeConfig.Of(options));
        var shutdown = CoordinatedShutdown.Get(system);
        using var onStop = _stop.Token.Register(() =>
        {
            own.Write(new LogEntry { Kind = LogKind.Stopping });
            _ = shutdown.Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        });
        try
        {
            var cluster = ClusterNode.Get(system);
            own.Write(new LogEntry
            {
                Kind = LogKind.Started,
                Text = $"{cluster.SelfAddress.Host}:{cluster.SelfAddress.Port}#{cluster.SelfUniqueAddress.Uid}",
            });
            cluster.RegisterOnMemberUp(() => _ = Task.Run(() =>
            {
                own.Write(new LogEntry { Kind = LogKind.Up });
                NodeActors.Start(system, options, own);
            }));
            cluster.Join(cluster.SelfAddress);
        }
        catch
        {
            await system.Terminate();
            throw;
        }

        await system.WhenTerminated;
        return shutdown.ShutdownReason;
    }
}
