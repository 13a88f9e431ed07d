using Akka.Cluster;

namespace Akka.Store;

/// <param name="Name">The actor systems' name; nodes of other names must not join.</param>
/// <param name="Epoch">The highest epoch ever given out.</param>
internal sealed record ClusterRow(string Name, long Epoch);

/// <param name="Epoch">As in <see cref="ClusterRow"/>.</param>
/// <param name="Members">In no particular order.</param>
internal sealed record MembershipRows(long Epoch, IReadOnlyList<MemberRow> Members);

/// <summary>One incarnation of a node.</summary>
/// <param name="Uid">Tells incarnations apart.</param>
/// <param name="Address">As <see cref="Actor.Address"/> writes it.</param>
/// <param name="Roles">Comma-separated, in ordinal order.</param>
/// <param name="AppVersion">Of the program it runs.</param>
/// <param name="Status">Never Removed: the row is deleted then.</param>
/// <param name="JoinEpoch">When it joined; orders the joiners.</param>
/// <param name="UpNumber">
/// Its age, given when it comes up; <see cref="Member.NotYetUp"/> before that.
/// </param>
/// <param name="Lease">A counter that the owner raises; it is no time.</param>
/// <param name="Host">Of its process; with the next two it tells whether the process is dead.</param>
/// <param name="ProcessId">On that host.</param>
/// <param name="ProcessStarted">Tells processes of one id apart; in the host's own units.</param>
internal sealed record MemberRow(
    int Uid,
    string Address,
    string Roles,
    string AppVersion,
    MemberStatus Status,
    long JoinEpoch,
    int UpNumber,
    long Lease,
    string Host,
    int ProcessId,
    long ProcessStarted);

/// <param name="ShardId">Within its type.</param>
/// <param name="RegionUid">The incarnation whose region hosts it.</param>
/// <param name="RegionPath">The region's path with address.</param>
internal sealed record ShardHomeRow(string ShardId, int RegionUid, string RegionPath);
