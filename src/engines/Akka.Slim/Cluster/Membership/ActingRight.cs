using Akka.Dispatch;

namespace Akka.Cluster.Membership;

/// <summary>
/// Whether this node may run what must be alone in the cluster. It ends by itself when the lease is not
/// renewed in time, long before others may take over; nobody has to be awake for that.
/// </summary>
internal sealed class ActingRight(TimeProvider clock) : IDispatchGuard
{
    private long _deadline = long.MinValue;

    public bool MayAct => clock.GetTimestamp() < Volatile.Read(ref _deadline);

    /// <summary>What is left of it; zero where it has ended.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var (now, deadline) = (clock.GetTimestamp(), Volatile.Read(ref _deadline));
            return now < deadline ? clock.GetElapsedTime(now, deadline) : TimeSpan.Zero;
        }
    }

    /// <summary>A right without end, for a cluster of one.</summary>
    public static ActingRight Unlimited(TimeProvider clock)
    {
        var right = new ActingRight(clock);
        right.ExtendTo(long.MaxValue);
        return right;
    }

    /// <summary>
    /// False where the right had ended before: whoever it guards may have been refused messages since.
    /// </summary>
    /// <param name="deadline">In the clock's timestamps.</param>
    public bool ExtendTo(long deadline)
    {
        var before = Interlocked.Exchange(ref _deadline, deadline);

        // The clock is read last: nobody can have been refused later than this.
        return clock.GetTimestamp() < before;
    }

    public void End() => Volatile.Write(ref _deadline, long.MinValue);
}
