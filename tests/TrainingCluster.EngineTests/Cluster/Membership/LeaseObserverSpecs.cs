using Akka.Cluster;
using Akka.Cluster.Membership;
using Akka.Store;

namespace TrainingCluster.EngineTests.Cluster.Membership;

public sealed class LeaseObserverSpecs
{
    private const int Self = 1;
    private const int Other = 2;

    private readonly ManualClock _clock = new();
    private readonly LeaseObserver _observer;
    private long _lease;

    public LeaseObserverSpecs() => _observer = new LeaseObserver(_clock, Leases.Default);

    [Fact]
    public void A_lease_that_changes_is_alive()
    {
        for (var second = 0; second < 60; second++)
        {
            _lease++;
            Assert.Equal("", Read());
            _clock.Move(1);
        }
    }

    [Fact]
    public void A_lease_that_stays_the_same_is_news_after_3_seconds_and_has_expired_after_10()
    {
        var heard = ReadEachSecond(12);

        Assert.Equal(
            [.. Enumerable.Repeat("", 3), .. Enumerable.Repeat("unreachable", 7), "expired", "expired"], heard);
    }

    [Fact]
    public void An_unreachable_member_is_back_with_its_next_renewal()
    {
        ReadEachSecond(8);

        _lease++;

        Assert.Equal("", Read());
    }

    [Fact]
    public void Time_in_which_nothing_could_be_read_counts_for_nobody()
    {
        Read();
        _clock.Move(60);

        Assert.Equal("", Read());
        Assert.DoesNotContain("expired", ReadEachSecond(10));
        _clock.Move(0.1);
        Assert.Equal("expired", Read());
    }

    [Fact]
    public void A_gap_of_half_the_time_to_live_is_still_counted()
    {
        Read();
        _clock.Move(5);
        Read();
        _clock.Move(5);

        Assert.Contains("expired", Read());
    }

    [Fact]
    public void A_short_gap_makes_no_news()
    {
        _lease++;
        Read();
        _clock.Move(2.5);

        Assert.Equal("", Read());
        Assert.Equal(["", "", "", "unreachable"], ReadEachSecond(4));
    }

    [Fact]
    public void What_is_unreachable_stays_so_over_a_gap()
    {
        ReadEachSecond(5);

        _clock.Move(60);

        Assert.Equal("unreachable", Read());
    }

    [Fact]
    public void Slow_answers_count_against_the_expiry_at_both_ends()
    {
        // Seen at 0.9, asked for the last time at 10.8: 9.9 s, though 10.9 s lie between the first question and
        // the last answer.
        Assert.Equal("", Read(answerTakes: 0.9));
        for (var i = 0; i < 10; i++)
        {
            _clock.Move(0.09);
            Assert.DoesNotContain("expired", Read(answerTakes: 0.9));
        }

        _clock.Move(0.2);
        Assert.Equal("expired", Read(answerTakes: 0.9));
    }

    [Fact]
    public void Nobody_gives_himself_up()
    {
        for (var second = 0; second < 30; second++)
        {
            var now = _clock.GetTimestamp();
            var seen = _observer.Observe(now, now, [Leases.Row(Self)], Self);
            Assert.Empty(seen.Unreachable);
            Assert.Empty(seen.Expired);
            _clock.Move(1);
        }
    }

    [Fact]
    public void Who_was_gone_and_comes_again_is_new()
    {
        ReadEachSecond(9);
        var now = _clock.GetTimestamp();
        _observer.Observe(now, now, [], Self);

        Assert.DoesNotContain("expired", ReadEachSecond(9));
    }

    private List<string> ReadEachSecond(int times) =>
        [.. Enumerable.Range(0, times).Select(_ =>
        {
            var heard = Read();
            _clock.Move(1);
            return heard;
        })];

    private string Read(double answerTakes = 0)
    {
        var asked = _clock.GetTimestamp();
        _clock.Move(answerTakes);
        var row = Leases.Row(Other) with { Lease = _lease };
        var seen = _observer.Observe(asked, _clock.GetTimestamp(), [Leases.Row(Self), row], Self);
        return seen.Expired.Contains(Other) ? "expired" : seen.Unreachable.Contains(Other) ? "unreachable" : "";
    }
}

/// <summary>Rows and settings as tests need them.</summary>
internal static class Leases
{
    public static LeaseSettings Default { get; } = new()
    {
        Ttl = TimeSpan.FromSeconds(10),
        RenewInterval = TimeSpan.FromSeconds(1),
        Margin = TimeSpan.FromSeconds(3),
        UnreachableAfter = TimeSpan.FromSeconds(3),
        Timeout = TimeSpan.FromSeconds(1),
    };

    /// <summary>The uid is also port, place in the order of joining and, once up, age.</summary>
    public static MemberRow Row(int uid, MemberStatus status = MemberStatus.Up, string roles = "") => new(
        uid,
        $"akka.tcp://node@127.0.0.1:{uid}",
        roles,
        "1.0",
        status,
        JoinEpoch: uid,
        status == MemberStatus.Joining ? Member.NotYetUp : uid,
        Lease: 7,
        "host",
        ProcessId: uid,
        ProcessStarted: 1);
}
