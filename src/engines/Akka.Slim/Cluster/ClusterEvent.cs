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
    public sealed record CurrentClusterState : INoSerializationVerificationNeeded
    {
        public CurrentClusterState()
            : this([], [], [], null, ImmutableDictionary<string, Address?>.Empty)
        {
        }

        public CurrentClusterState(
            ImmutableSortedSet<Member> members,
            ImmutableHashSet<Member> unreachable,
            ImmutableHashSet<Address> seenBy,
            Address? leader,
            ImmutableDictionary<string, Address?> roleLeaderMap)
        {
            Members = members;
            Unreachable = unreachable;
            SeenBy = seenBy;
            Leader = leader;
            RoleLeaderMap = roleLeaderMap;
        }

        public ImmutableSortedSet<Member> Members { get; }

        public ImmutableHashSet<Member> Unreachable { get; }

        public ImmutableHashSet<Address> SeenBy { get; }

        public Address? Leader { get; }

        internal ImmutableDictionary<string, Address?> RoleLeaderMap { get; }

        public ImmutableHashSet<string> AllRoles => [.. RoleLeaderMap.Keys];

        public Address? RoleLeader(string role) => RoleLeaderMap.GetValueOrDefault(role);
    }

    public abstract record MemberStatusChange : IMemberEvent
    {
        private protected MemberStatusChange(Member member) => Member = member;

        public Member Member { get; }
    }

    public sealed record MemberJoined : MemberStatusChange
    {
        public MemberJoined(Member member) : base(member)
        {
        }
    }

    public sealed record MemberUp : MemberStatusChange
    {
        public MemberUp(Member member) : base(member)
        {
        }
    }

    public sealed record MemberLeft : MemberStatusChange
    {
        public MemberLeft(Member member) : base(member)
        {
        }
    }

    public sealed record MemberExited : MemberStatusChange
    {
        public MemberExited(Member member) : base(member)
        {
        }
    }

    public sealed record MemberDowned : MemberStatusChange
    {
        public MemberDowned(Member member) : base(member)
        {
        }
    }

    public sealed record MemberRemoved : MemberStatusChange
    {
        public MemberRemoved(Member member, MemberStatus previousStatus) : base(member)
        {
            PreviousStatus = previousStatus;
        }

        public MemberStatus PreviousStatus { get; }
    }

    public abstract record ReachabilityEvent : IReachabilityEvent
    {
        protected ReachabilityEvent(Member member) => Member = member;

        public Member Member { get; }
    }

    public sealed record UnreachableMember : ReachabilityEvent
    {
        public UnreachableMember(Member member) : base(member)
        {
        }
    }

    public sealed record ReachableMember : ReachabilityEvent
    {
        public ReachableMember(Member member) : base(member)
        {
        }
    }

    public sealed record LeaderChanged : IClusterDomainEvent
    {
        public LeaderChanged(Address? leader) => Leader = leader;

        public Address? Leader { get; }
    }

    public sealed record RoleLeaderChanged : IClusterDomainEvent
    {
        public RoleLeaderChanged(string role, Address? leader)
        {
            Role = role;
            Leader = leader;
        }

        public string Role { get; }

        public Address? Leader { get; }
    }

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
