using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>What a leader changes; each may be repeated, by the same leader or another.</summary>
internal abstract record LeaderMove
{
    /// <summary>Joining → Up, in this order of age.</summary>
    public sealed record BringUp(ImmutableArray<int> Uids) : LeaderMove;

    /// <summary>Leaving → Exiting.</summary>
    public sealed record LetGo(int Uid) : LeaderMove;

    /// <summary>Gives an owner up whose lease has stayed the same for so long.</summary>
    public sealed record TakeDown(int Uid, long Lease) : LeaderMove;

    /// <summary>Closes the queue of one that can no longer act, then removes it.</summary>
    public sealed record Remove(int Uid) : LeaderMove;
}
