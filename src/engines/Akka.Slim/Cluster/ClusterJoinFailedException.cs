using Akka.Actor;

namespace Akka.Cluster;

/// <summary>The node cannot become a member.</summary>
public class ClusterJoinFailedException : AkkaException
{
    public ClusterJoinFailedException(string message)
        : base(message)
    {
    }
}
