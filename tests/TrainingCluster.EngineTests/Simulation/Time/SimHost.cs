namespace TrainingCluster.EngineTests.Simulation.Time;

/// <summary>
/// One process of the simulated world: it can be paused at any moment, also in the middle of a handler, and
/// killed. What a dead process still has on the stack goes on, but reaches nothing any more.
/// </summary>
internal sealed class SimHost(SimLoop loop, string name)
{
    private readonly List<SimEvent> _parked = [];
    private TimeSpan _armed;
    private int _placesToGo;
    private bool _isOnStack;

    public SimLoop Loop => loop;

    public string Name => name;

    public bool IsDead { get; private set; }

    public bool IsPaused { get; private set; }

    public long ResumesAt { get; private set; }

    /// <summary>The right process and nothing else runs: where it acts, others may take notice.</summary>
    public bool IsActing => !IsDead && ReferenceEquals(loop.Current, this);

    public Action<string> OnFrozen { get; set; } = static _ => { };

    public void Kill()
    {
        IsDead = true;
        _parked.Clear();
    }

    /// <summary>Freezes it at one of the next places where it looks at its clock or goes to the store.</summary>
    public void FreezeSoon(TimeSpan duration, int places) => (_armed, _placesToGo) = (duration, places);

    /// <summary>Called wherever the process touches the world outside.</summary>
    public void Touch(string place)
    {
        loop.AssertThread();
        if (_armed > TimeSpan.Zero && IsActing && --_placesToGo < 0)
        {
            var duration = _armed;
            _armed = TimeSpan.Zero;
            loop.Trace.Add(loop.Now, name, "frozen at", place, duration.Ticks);
            OnFrozen(place);
            loop.Freeze(this, duration);
        }
    }

    /// <summary>Between two events.</summary>
    public void Pause(TimeSpan duration)
    {
        PauseUntil(loop.Now + duration.Ticks);
        loop.PostAt(null, ResumesAt, ResumeIfDue);
    }

    internal void FreezeUntil(long time)
    {
        _isOnStack = true;
        PauseUntil(time);
    }

    /// <summary>What stood on the stack goes on now, and after it all that came meanwhile.</summary>
    internal void Thaw()
    {
        _isOnStack = false;
        ResumeIfDue();
    }

    private void PauseUntil(long time)
    {
        IsPaused = true;
        ResumesAt = Math.Max(ResumesAt, time);
    }

    private void ResumeIfDue()
    {
        if (!IsPaused || _isOnStack || loop.Now < ResumesAt)
        {
            return;
        }

        IsPaused = false;
        foreach (var item in _parked)
        {
            loop.PostAt(this, loop.Now, () => RunParked(item));
        }

        _parked.Clear();
    }

    internal void Park(SimEvent item) => _parked.Add(item);

    private static void RunParked(SimEvent item)
    {
        if (!item.IsCancelled)
        {
            item.Run();
        }
    }
}
