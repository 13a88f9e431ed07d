namespace Akka.Cluster.Sharding;

/// <summary>The default settings; each key as in the genuine library.</summary>
internal static class ShardingReference
{
    public const string Text =
        """
        akka.cluster.sharding {
          # The regions live in /system/<guardian-name>/<type>.
          guardian-name = sharding

          # Only nodes of this role have regions; "" for all.
          role = ""

          # Entities that got no message for so long are stopped; off = never. Messages that an entity
          # sends to itself, or gets past the region, do not count.
          passivate-idle-entity-after = 120s

          # How often a region asks again for its coordinator and for homes of shards.
          retry-interval = 2s

          # Messages that a region keeps for shards without a known home; further ones are dropped.
          buffer-size = 100000

          # How long entities may take to stop in a hand-off before they are stopped without being asked.
          handoff-timeout = 60s

          # How often the allocation strategy may move shards.
          rebalance-interval = 10s

          least-shard-allocation-strategy {
            # Most shards that move at a time; 0 = no such limit.
            rebalance-absolute-limit = 0
            # The same as a part of all shards.
            rebalance-relative-limit = 0.1
          }
        }
        """;
}
