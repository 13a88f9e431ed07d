using Akka.Persistence.Sql;
using TrainingCluster.EngineTests.Simulation.Time;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>How well the database can be reached at the moment, by each host.</summary>
internal sealed class StoreWeather(SimRandom random)
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(3);

    private readonly List<SimHost> _silent = [];
    private readonly List<SimHost> _refused = [];
    private readonly TimeSpan _least = random.Between(TimeSpan.FromMicroseconds(50), TimeSpan.FromMilliseconds(1));

    /// <summary>How long a transaction may be open without a statement before the database ends it.</summary>
    public TimeSpan? IdleLimit { get; set; }

    /// <summary>While above zero, each answer takes 3 s.</summary>
    public int Slow { get; set; }

    /// <summary>The shares of what goes wrong with single statements; all zero in good weather.</summary>
    public double FailureShare { get; set; }

    public double LostAnswerShare { get; set; }

    public double LagShare { get; set; }

    public void CutOff(SimHost host, bool isRefused) => (isRefused ? _refused : _silent).Add(host);

    /// <summary>Ends one cut; others of the same host go on.</summary>
    public void Reconnect(SimHost host, bool isRefused) => (isRefused ? _refused : _silent).Remove(host);

    /// <summary>One way between a host and the database.</summary>
    public Travel Travel(SimHost host)
    {
        if (_refused.Contains(host))
        {
            return new Travel(TimeSpan.Zero, IsLost: false, new SqlStoreException("The database refuses connections."));
        }

        if (_silent.Contains(host))
        {
            return new Travel(TimeSpan.Zero, IsLost: true, null);
        }

        return random.Chance(FailureShare)
            ? new Travel(TimeSpan.Zero, IsLost: false, new SqlStoreException("The connection was lost."))
            : new Travel(random.Skewed(_least, _least * 10), IsLost: false, null);
    }

    /// <summary>The way back, which lasts as long as the database takes.</summary>
    public Travel Answer(SimHost host)
    {
        var travel = Travel(host);
        var extra = Slow > 0 ? Slowness
            : random.Chance(LagShare) ? random.Between(TimeSpan.FromMilliseconds(100), Slowness)
            : TimeSpan.Zero;
        return travel with { Duration = travel.Duration + extra };
    }

    public bool LosesAnswer() => random.Chance(LostAnswerShare);

    /// <summary>Until a lost connection's transaction is rolled back.</summary>
    public TimeSpan NoticesLoss(bool isCommitSent) => isCommitSent
        ? TimeSpan.FromSeconds(20)
        : random.Skewed(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2));

    /// <summary>Until a wake-up is heard, for each time it is heard; none where it is lost.</summary>
    public IEnumerable<TimeSpan> WakeUps(SimHost from, SimHost to)
    {
        if (_silent.Contains(from) || _refused.Contains(from) || _silent.Contains(to) || _refused.Contains(to)
            || random.Chance(LagShare * 5))
        {
            yield break;
        }

        yield return random.Skewed(_least, TimeSpan.FromMilliseconds(20));
        if (random.Chance(LagShare * 5))
        {
            yield return random.Skewed(_least, TimeSpan.FromSeconds(2));
        }
    }
}

/// <param name="Duration">How long it takes.</param>
/// <param name="IsLost">It never arrives, and nobody is told.</param>
/// <param name="Failure">It never arrives, and the host is told.</param>
internal readonly record struct Travel(TimeSpan Duration, bool IsLost, SqlStoreException? Failure);
