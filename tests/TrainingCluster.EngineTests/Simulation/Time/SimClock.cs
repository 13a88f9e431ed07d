namespace TrainingCluster.EngineTests.Simulation.Time;

/// <summary>
/// A process's view of time: it runs a little faster or slower than the others' and its calendar is off.
/// </summary>
internal sealed class SimClock(SimHost host, double rate, TimeSpan calendarOffset) : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Machines that were started at different times show different timestamps.
    private readonly long _offset = TimeSpan.FromDays(1 + host.Name.Length).Ticks;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private long Elapsed => (long)(host.Loop.Now * rate);

    public override long GetTimestamp()
    {
        var now = _offset + Elapsed;
        // Between reading the clock and using what it says anything may happen.
        host.Touch("clock");
        return now;
    }

    public override DateTimeOffset GetUtcNow() => Beginning + calendarOffset + TimeSpan.FromTicks(Elapsed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SimClock clock, Action run) : ITimer
    {
        private SimEvent? _next;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _next?.Cancel();
            _next = null;
            _period = period;
            if (dueTime >= TimeSpan.Zero)
            {
                Arm(dueTime);
            }

            return true;
        }

        public void Dispose() => _next?.Cancel();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Arm(TimeSpan delay) =>
            _next = clock.Loop.Post(clock.Host, delay / clock.Rate, () =>
            {
                if (_period > TimeSpan.Zero)
                {
                    Arm(_period);
                }

                run();
            });
    }

    private SimHost Host => host;

    private SimLoop Loop => host.Loop;

    private double Rate => rate;
}
