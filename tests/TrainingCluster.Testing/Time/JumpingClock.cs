namespace TrainingCluster.Testing.Time;

/// <summary>
/// A clock that stands still but jumps over waits: a timer that is due within the longest jump fires at once, and the
/// time is then what it waited for. Timers that are due later, such as time limits, fire only when a test advances the
/// clock past them.
/// </summary>
/// <param name="start">Now, to begin with.</param>
/// <param name="longestJump">What is taken for a wait.</param>
public sealed class JumpingClock(DateTimeOffset start, TimeSpan longestJump) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private readonly List<TimeSpan> _waits = [];
    private DateTimeOffset _now = start;

    /// <summary>Waits that were jumped over, in their order.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate)
            {
                return [.. _waits];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public void Advance(TimeSpan time)
    {
        Alarm[] due;
        lock (_gate)
        {
            _now += time;
            due = [.. _alarms.Where(alarm => alarm.At <= _now)];
            _alarms.RemoveAll(due.Contains);
        }

        foreach (var alarm in due)
        {
            alarm.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    private void Set(Alarm alarm, TimeSpan due)
    {
        lock (_gate)
        {
            _alarms.Remove(alarm);
            if (due == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            alarm.At = _now + due;
            if (due > longestJump)
            {
                _alarms.Add(alarm);
                return;
            }

            _waits.Add(due);
            _now = alarm.At;
        }

        // As a real clock does: not on the caller's stack, which may hold locks.
        ThreadPool.QueueUserWorkItem(_ => alarm.Fire());
    }

    private sealed class Alarm(JumpingClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset At { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Set(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
