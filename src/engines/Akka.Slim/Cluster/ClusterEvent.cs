using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>What subscribers of the cluster are told.</summary>
public class ClusterEvent
{
    /// <summary>The first message is <see cref="CurrentClusterState"/>; events follow.</summary>
    public static readonly SubscriptionInitialStateMode InitialStateAsSnapshot =
        SubscriptionInitialStateMode.InitialStateAsSnapshot;

    /// <summary>The present state comes as the events that would have led to it.</summary>
    public static readonly SubscriptionInitialStateMode InitialStateAsEvents =
        SubscriptionInitialStateMode.InitialStateAsEvents;

    public enum SubscriptionInitialStateMode
    {
        InitialStateAsSnapshot,
        InitialStateAsEvents,
    }

    public interface IClusterDomainEvent : IDeadLetterSuppression;

    public interface IMemberEvent : IClusterDomainEvent
    {
        Member Member { get; }
    }

    public interface IReachabilityEvent : IClusterDomainEvent
    {
        Member Member { get; }
    }

    /// <summary>Who is a member at present.</summary>
    public sealed record CurrentClusterState(
        ImmutableSortedSet<Member> Members,
        ImmutableHashSet<Member> Unreachable,
        ImmutableHashSet<Address> SeenBy,
        Address? Leader,
        ImmutableDictionary<string, Address?> RoleLeaderMap) : INoSerializationVerificationNeeded
    {
        public CurrentClusterState()
            : this([], [], [], null, ImmutableDictionary<string, Address?>.Empty)
        {
        }

        public ImmutableHashSet<string> AllRoles => [.. RoleLeaderMap.Keys];

        public Address? RoleLeader(string role) => RoleLeaderMap.GetValueOrDefault(role);
    }

    public abstract record MemberStatusChange(Member Member) : IMemberEvent;

    public sealed record MemberJoined(Member Member) : MemberStatusChange(Member);

    public sealed record MemberUp(Member Member) : MemberStatusChange(Member);

    public sealed record MemberLeft(Member Member) : MemberStatusChange(Member);

    public sealed record MemberExited(Member Member) : MemberStatusChange(Member);

    public sealed record MemberDowned(Member Member) : MemberStatusChange(Member);

    public sealed record MemberRemoved(Member Member, MemberStatus PreviousStatus)
        : MemberStatusChange(Member);

    public abstract record ReachabilityEvent(Member Member) : IReachabilityEvent;

    public sealed record UnreachableMember(Member Member) : ReachabilityEvent(Member);

    public sealed record ReachableMember(Member Member) : ReachabilityEvent(Member);

    public sealed record LeaderChanged(Address? Leader) : IClusterDomainEvent;

    public sealed record RoleLeaderChanged(string Role, Address? Leader) : IClusterDomainEvent;

    /// <summary>
    /// This node may from now on run what must be alone in the cluster, or must stop it now.
    /// </summary>
    internal sealed record ActingRightChanged(bool IsHeld) : IClusterDomainEvent;

    /// <summary>The cluster extension of this system is stopping.</summary>
    public sealed class ClusterShuttingDown : IClusterDomainEvent
    {
        public static readonly IClusterDomainEvent Instance = new ClusterShuttingDown();

        private ClusterShuttingDown()
        {
        }
    }
}
