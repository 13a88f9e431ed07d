using Akka.Actor;
using TrainingCluster.Cluster.Nodes;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>Emptying a node that stays a member.</summary>
public static class NodeDrain
{
    // A worker may take training.worker.stop-timeout to checkpoint, 30 s by default.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The node's workers checkpoint and stop, their jobs go back into the queue at no cost, and the node takes no more
    /// until its process is started again. Ends when no worker runs any more.
    /// </summary>
    /// <exception cref="RequestRefusedException">The node is no trainer.</exception>
    /// <exception cref="NoAnswerException">A worker did not stop in time.</exception>
    public static async Task DrainAsync(this ClusterNode node, string reason)
    {
        if (!node.Roles.Contains(Roles.Trainer))
        {
            throw new RequestRefusedException("not_a_trainer", $"the node {node.Name} runs no jobs");
        }

        try
        {
            await node.System.ActorSelection($"/user/{NodeActors.AgentName}")
                .Ask<NodeAgent.Drained>(new NodeAgent.Drain(reason), Patience).ConfigureAwait(false);
        }
        catch (AskTimeoutException late)
        {
            throw new NoAnswerException("drain", Patience, late);
        }
    }
}
