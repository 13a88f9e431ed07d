using Akka.Actor;
using TrainingCluster.EngineTests.Simulation.Time;

namespace TrainingCluster.EngineTests.Simulation.World;

/// <summary>What befalls a cluster, drawn from the seed as time goes on; each fault ends by itself.</summary>
internal sealed class FaultPlan
{
    private readonly SimWorld _world;
    private readonly SimRandom _random;
    private readonly IReadOnlyList<Action> _faults;
    private long _end;

    public FaultPlan(SimWorld world, SimRandom random)
    {
        _world = world;
        _random = random;
        _faults =
        [
            Kill, Kill, Kill, Freeze, Freeze, FreezeInWrite, FreezeInWrite, FreezeInWrite, Pause, CutOneOff,
            CutOneOff, CutAllButOneOff, LoseStore,
            SlowStore, FlakyStore, FlakyStore, LateAnswers, Leave, Leave, RollingRestart,
        ];
    }

    /// <summary>Nodes that are on their orderly way out.</summary>
    public int Leaving { get; private set; }

    /// <summary>Faults happen from now on; the last has ended when the time is over.</summary>
    public void Begin(TimeSpan duration)
    {
        _end = _world.Loop.Now + duration.Ticks;
        Next();
    }

    private TimeSpan Left => TimeSpan.FromTicks(_end - _world.Loop.Now);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Next()
    {
        var pause = _random.Skewed(Seconds(0.5), Seconds(25));
        if (pause < Left)
        {
            _world.Loop.Post(null, pause, () =>
            {
                _random.Pick(_faults)();
                Next();
            });
        }
    }

    private TimeSpan UpTo(TimeSpan longest)
    {
        var duration = _random.Between(Seconds(1), longest);
        return duration < Left ? duration : Left;
    }

    private void Happens(string what, string where = "")
    {
        _world.Counters.Add($"faults: {what}");
        _world.Loop.Trace.Add(_world.Loop.Now, where, "fault", what);
    }

    private SimNode? AnyNode()
    {
        var living = _world.Living.Where(static node => node.System is not null).ToList();
        return living.Count == 0 ? null : _random.Pick(living);
    }

    private void Kill()
    {
        if (AnyNode() is { } node)
        {
            Happens("killed", node.Host.Name);
            KillNow(node);
        }
    }

    private void KillNow(SimNode node)
    {
        _world.Kill(node);
        _world.Loop.Post(null, UpTo(Seconds(25)), () => _world.StartNode(node.Place));
    }

    /// <summary>In the middle of whatever the node does next.</summary>
    private void Freeze()
    {
        if (AnyNode() is not { Host.IsPaused: false } node)
        {
            return;
        }

        var duration = _random.Chance(0.7) ? Seconds(20) : _random.Between(Seconds(1), Seconds(30));
        node.Host.OnFrozen = place => Happens("frozen in a handler", place);
        node.Host.FreezeSoon(duration < Left ? duration : Left, _random.Below(60));
        _world.Loop.Post(null, Left, () => node.Host.FreezeSoon(TimeSpan.Zero, 0));
    }

    /// <summary>With an event on its way that has not yet come to the fence.</summary>
    private void FreezeInWrite()
    {
        if (AnyNode() is { Host.IsPaused: false } node)
        {
            var duration = _random.Between(Seconds(12), Seconds(25));
            node.Host.OnFrozen = place => Happens("frozen in a write", place);
            node.Host.FreezeSoon(
                duration < Left ? duration : Left,
                _random.Below(3),
                static place => place == nameof(Akka.Store.IJournalStatements.LockFence));
            _world.Loop.Post(null, Left, () => node.Host.FreezeSoon(TimeSpan.Zero, 0));
        }
    }

    private void Pause()
    {
        if (AnyNode() is { Host.IsPaused: false } node)
        {
            Happens("paused", node.Host.Name);
            node.Host.Pause(UpTo(Seconds(25)));
        }
    }

    private void CutOneOff()
    {
        if (AnyNode() is { } node)
        {
            Happens("one node cut off", node.Host.Name);
            Cut([node], UpTo(Seconds(40)));
        }
    }

    private void CutAllButOneOff()
    {
        var one = AnyNode();
        Happens("all but one cut off");
        Cut([.. _world.Living.Where(node => node != one)], UpTo(Seconds(40)));
    }

    private void LoseStore()
    {
        Happens("store away");
        Cut([.. _world.Living], UpTo(Seconds(60)));
    }

    private void Cut(IReadOnlyList<SimNode> nodes, TimeSpan duration)
    {
        var weather = _world.Store.Weather;
        var isRefused = _random.Chance(0.5);
        foreach (var node in nodes)
        {
            weather.CutOff(node.Host, isRefused);
        }

        _world.Loop.Post(null, duration, () =>
        {
            foreach (var node in nodes)
            {
                weather.Reconnect(node.Host, isRefused);
            }
        });
    }

    private void SlowStore()
    {
        Happens("store slow");
        var weather = _world.Store.Weather;
        weather.Slow++;
        _world.Loop.Post(null, UpTo(Seconds(25)), () => weather.Slow--);
    }

    private void FlakyStore()
    {
        Happens("store failing");
        var weather = _world.Store.Weather;
        var (failures, lost) = (_random.NextDouble() * 0.1, _random.NextDouble() * 0.4);
        (weather.FailureShare, weather.LostAnswerShare) =
            (weather.FailureShare + failures, weather.LostAnswerShare + lost);
        _world.Loop.Post(null, UpTo(Seconds(20)), () => (weather.FailureShare, weather.LostAnswerShare) =
            (weather.FailureShare - failures, weather.LostAnswerShare - lost));
    }

    private void LateAnswers()
    {
        Happens("answers and wake-ups late or lost");
        var weather = _world.Store.Weather;
        var share = _random.NextDouble() * 0.15;
        weather.LagShare += share;
        _world.Loop.Post(null, UpTo(Seconds(20)), () => weather.LagShare -= share);
    }

    private void Leave()
    {
        if (AnyNode() is { } node)
        {
            Happens("left in order", node.Host.Name);
            LeaveNow(node);
        }
    }

    /// <summary>Sometimes the node does not live to see the end of it.</summary>
    private void LeaveNow(SimNode node)
    {
        Leaving++;
        _world.Loop.Post(null, Seconds(15), () => Leaving--);
        _world.Loop.Post(node.Host, TimeSpan.Zero, () =>
            CoordinatedShutdown.Get(node.System!).Run(CoordinatedShutdown.ClusterLeavingReason.Instance));
        if (_random.Chance(0.3))
        {
            _world.Loop.Post(null, UpTo(Seconds(3)), () =>
            {
                if (!node.Host.IsDead)
                {
                    Happens("killed while leaving", node.Host.Name);
                    KillNow(node);
                }
            });
        }
    }

    private void RollingRestart()
    {
        Happens("rolling restart");
        var wait = TimeSpan.Zero;
        foreach (var node in _world.Living.Where(static node => node.System is not null).ToList())
        {
            if (wait > Left)
            {
                break;
            }

            _world.Loop.Post(null, wait, () =>
            {
                if (!node.Host.IsDead)
                {
                    LeaveNow(node);
                }
            });
            wait += _random.Between(Seconds(4), Seconds(10));
        }
    }
}
