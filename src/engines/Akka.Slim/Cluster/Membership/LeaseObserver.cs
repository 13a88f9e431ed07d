using System.Collections.Immutable;
using Akka.Store;

namespace Akka.Cluster.Membership;

/// <summary>
/// Tells by the counters of the leases who is alive. Only its own monotonic clock counts: a lease expires when
/// its counter has stayed the same for one time to live, while this node could read all along. So nobody is
/// given up for an outage of the store, which hit his renewals as it hit our reads.
/// </summary>
internal sealed class LeaseObserver(TimeProvider clock, LeaseSettings settings)
{
    private readonly Dictionary<int, Sighting> _sightings = [];
    private ImmutableHashSet<int> _unreachable = [];
    private long? _lastAnswer;
    private long _readSince;
    private long _newsSince;

    /// <param name="asked">The rows are not older than this timestamp of the clock.</param>
    /// <param name="answered">The rows are not newer than this one.</param>
    /// <param name="members">As read.</param>
    /// <param name="self">Is never given up.</param>
    public Observation Observe(long asked, long answered, IReadOnlyList<MemberRow> members, int self)
    {
        NoteGap(answered);
        Forget(members);
        var unreachable = ImmutableHashSet.CreateBuilder<int>();
        var expired = ImmutableHashSet.CreateBuilder<int>();
        foreach (var member in members.Where(member => member.Uid != self))
        {
            if (!_sightings.TryGetValue(member.Uid, out var sighting) || sighting.Lease != member.Lease)
            {
                _sightings[member.Uid] = new Sighting(member.Lease, answered);
                continue;
            }

            // What is already unreachable stays so over a gap: only a renewal is a sign of life.
            if (_unreachable.Contains(member.Uid)
                || Unchanged(sighting, _newsSince, asked) >= settings.UnreachableAfter)
            {
                unreachable.Add(member.Uid);
            }

            if (Unchanged(sighting, _readSince, asked) >= settings.Ttl)
            {
                expired.Add(member.Uid);
            }
        }

        _unreachable = unreachable.ToImmutable();
        return new Observation(_unreachable, expired.ToImmutable());
    }

    private void NoteGap(long answered)
    {
        var gap = _lastAnswer is { } last ? clock.GetElapsedTime(last, answered) : TimeSpan.MaxValue;
        if (gap > settings.LongestGap)
        {
            _readSince = answered;
        }

        if (gap > settings.LongestNewsGap)
        {
            _newsSince = answered;
        }

        _lastAnswer = answered;
    }

    private void Forget(IReadOnlyList<MemberRow> members)
    {
        if (_sightings.Count > 0)
        {
            var present = members.Select(member => member.Uid).ToHashSet();
            foreach (var uid in _sightings.Keys.Where(uid => !present.Contains(uid)).ToList())
            {
                _sightings.Remove(uid);
            }
        }
    }

    /// <summary>Counted from the answer that showed the counter to the question that last did.</summary>
    private TimeSpan Unchanged(Sighting sighting, long since, long asked)
    {
        var from = Math.Max(sighting.At, since);
        return asked > from ? clock.GetElapsedTime(from, asked) : TimeSpan.Zero;
    }

    private readonly record struct Sighting(long Lease, long At);
}

/// <param name="Unreachable">Gave no sign of life for a while, which is news only.</param>
/// <param name="Expired">Have lost the right to act; others may take their place.</param>
internal sealed record Observation(ImmutableHashSet<int> Unreachable, ImmutableHashSet<int> Expired)
{
    public static Observation Nothing { get; } = new([], []);
}
