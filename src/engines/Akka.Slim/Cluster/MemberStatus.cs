namespace Akka.Cluster;

/// <summary>Joining → Up → Leaving → Exiting → Removed; Down → Removed.</summary>
public enum MemberStatus
{
    Joining,
    Up,
    Leaving,
    Exiting,
    Down,
    Removed,
    WeaklyUp,
}
