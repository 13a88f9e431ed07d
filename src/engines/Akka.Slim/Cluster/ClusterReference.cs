namespace Akka.Cluster;

/// <summary>The default settings; each key as in the genuine library.</summary>
internal static class ClusterReference
{
    public const string Text =
        """
        akka.cluster {
          # Addresses to join; a node that finds its own among them forms a cluster.
          seed-nodes = []

          # What this node is for; singletons and regions may be limited to a role.
          roles = []

          # The version of the program; "assembly-version" takes that of its main assembly.
          app-version = assembly-version

          # Members that must have joined before any comes up.
          min-nr-of-members = 1

          # The same for members of a role: role { <name> { min-nr-of-members = 1 } }
          role {}

          # Whether a node that was taken out shuts its actor system down.
          run-coordinated-shutdown-when-down = on
        }

        # The node's address; it names the node and need not be open to others. On a store, port 0 means a number
        # that no other incarnation has, beyond those of real ports.
        akka.remote.dot-netty.tcp {
          hostname = "127.0.0.1"
          port = 0
        }
        """;
}
