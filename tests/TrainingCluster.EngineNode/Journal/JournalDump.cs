using Akka.Actor;
using TrainingCluster.EngineNode.Log;

namespace TrainingCluster.EngineNode.Journal;

/// <summary>Writes the events of every persistent actor to the log, in order.</summary>
internal static class JournalDump
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(NodeOptions options, NodeLog log)
    {
        var own = new IncarnationLog(log, options.Node, incarnation: 1);
        using var system = ActorSystem.Create(options.Cluster, NodeConfig.Of(options));
        var ids = NodeActors.EntityIds(options.Entities).Prepend(NodeActors.Ledger);
        await Task.WhenAll(ids.Select(id =>
        {
            var done = new TaskCompletionSource();
            system.ActorOf(Props.Create(() => new JournalReader(id, own, done)), id);
            return done.Task.WaitAsync(Longest);
        }));
        await system.Terminate();
    }
}
