using System.Globalization;
using Akka.Actor;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>How a process becomes a member.</summary>
internal static class NodeJoin
{
    /// <summary>Of this actor system: another one at each start, on any machine.</summary>
    public static string Incarnation(ActorSystem system, TimeProvider clock) => string.Create(
        CultureInfo.InvariantCulture,
        $"{clock.GetUtcNow().ToUnixTimeMilliseconds()}-{Environment.ProcessId}-"
            + $"{Akka.Cluster.Cluster.Get(system).SelfUniqueAddress.Uid}");

    /// <exception cref="NoAnswerException">The store did not answer in time.</exception>
    /// <exception cref="NodeRefusedException">The node may not join under its name.</exception>
    public static async Task JoinAsync(ActorSystem system, TimeSpan patience, CancellationToken cancellation)
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cluster = Akka.Cluster.Cluster.Get(system);
        cluster.RegisterOnMemberUp(() => up.TrySetResult());
        if (system.Settings.Config.GetStringList("akka.cluster.seed-nodes").Count == 0)
        {
            cluster.Join(cluster.SelfAddress);
        }

        try
        {
            await Task.WhenAny(up.Task, system.WhenTerminated).WaitAsync(patience, cancellation)
                .ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            throw new NoAnswerException("join the cluster", patience, late);
        }

        if (!up.Task.IsCompleted)
        {
            throw new NodeRefusedException(
                $"the node {cluster.SelfAddress} was not let into the cluster: another process goes by that name, or "
                + "the store cannot be used; the lines of the log before this one say which. "
                + "training.cluster.hostname and training.cluster.port name a node");
        }
    }
}
