namespace Akka.Cluster.Tools.Singleton;

/// <summary>The default settings; each key as in the genuine library.</summary>
internal static class SingletonReference
{
    public const string Text =
        """
        akka.cluster.singleton {
          # Name of the singleton below its manager.
          singleton-name = "singleton"

          # Only nodes of this role run it; "" for all.
          role = ""

          # How often a node that became the oldest asks the former one to hand over.
          hand-over-retry-interval = 1s
        }

        akka.cluster.singleton-proxy {
          singleton-name = "singleton"
          role = ""

          # How often an unknown singleton is looked for.
          singleton-identification-interval = 1s

          # Messages kept while the singleton is unknown, 0 to 10000; the oldest give way.
          buffer-size = 1000
        }
        """;
}
