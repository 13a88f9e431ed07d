using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.LimitOrders;

namespace TrainingCluster.LearningTests.Environments.LimitOrders;

public sealed class LimitOrderSpecs
{
    private const int AtClose = 10;
    private const int NoOrder = 5;
    private static readonly LimitOrderOptions Options = new() { Lookback = 1, MaxParticipation = null };

    [Fact]
    public void A_purchase_at_the_close_is_filled_at_the_better_open_and_valued_at_the_close()
    {
        var dynamics = Game(Options, new CostModel(0.001), (100, 101, 99, 100), (98, 104, 97, 103));
        var account = LimitOrderAccount.Open(0.2, 100);

        var reward = dynamics.Step(0, AtClose, NoOrder + 2, false, ref account);

        // Two lots of 0.2 / 100 units: 0.004 · 98 paid and a thousandth of it, valued at 0.004 · 103.
        Assert.Equal(2, account.Lots);
        Assert.Equal(98, account.EntryPrice);
        Assert.Equal(1 - 0.392 - 0.000392, account.Cash, 1e-12);
        Assert.Equal(100 * (0.412 - 0.392 - 0.000392), reward, 1e-10);
    }

    [Fact]
    public void A_limit_lives_for_one_bar_and_must_be_traded_through()
    {
        var dynamics = Game(Options, CostModel.Free, (100, 101, 99, 100), (100, 102, 99.9, 101), (90, 91, 80, 85));
        var account = LimitOrderAccount.Open(0.2, 100);

        // Ten basis points below the close is 99.9: the next bar touches it, the one after falls far below.
        dynamics.Step(0, AtClose - 10, NoOrder + 1, false, ref account);
        dynamics.Step(1, AtClose, NoOrder, false, ref account);

        Assert.Equal((0, 1), (account.Lots, account.Cash));
    }

    [Theory]
    [InlineData(0, 99.9, 100.1)]
    [InlineData(10, 100, 100)]
    [InlineData(20, 100.1, 99.9)]
    public void A_higher_level_gives_in_more_on_either_side(int level, double buys, double sells)
    {
        var dynamics = Game(Options, CostModel.Free, (100, 101, 99, 100), (100, 101, 99, 100));

        Assert.Equal(buys, dynamics.Limit(0, level, 1), 1e-10);
        Assert.Equal(sells, dynamics.Limit(0, level, -1), 1e-10);
    }

    [Fact]
    public void An_order_takes_at_most_its_share_of_the_volume_and_the_rest_lapses()
    {
        // 1000 units of volume, a tenth of them; a lot is 0.2 · 100,000 / 100 = 200 units.
        var dynamics = Game(
            Options with { MaxParticipation = 0.1 }, CostModel.Free, (100, 101, 99, 100), (99, 101, 98, 100),
            (99, 101, 98, 100));
        var account = LimitOrderAccount.Open(0.2, 100);

        dynamics.Step(0, AtClose, NoOrder + 3, false, ref account);
        Assert.Equal(0.5, account.Lots, 1e-12);

        dynamics.Step(1, AtClose, NoOrder, false, ref account);
        Assert.Equal(0.5, account.Lots, 1e-12);
    }

    [Fact]
    public void A_position_stays_within_its_largest_size_and_above_zero_where_short_is_not_allowed()
    {
        var bars = Enumerable.Repeat((Open: 99.0, High: 102.0, Low: 98.0, Close: 100.0), 6).ToArray();
        var both = Game(Options, CostModel.Free, bars);
        var longOnly = Game(Options with { AllowShort = false }, CostModel.Free, bars);
        var (first, second) = (LimitOrderAccount.Open(0.2, 100), LimitOrderAccount.Open(0.2, 100));

        for (var bar = 0; bar < 3; bar++)
        {
            both.Step(bar, AtClose, 10, false, ref first);
            longOnly.Step(bar, AtClose, 0, false, ref second);
        }

        Assert.Equal(5, first.Lots);
        Assert.Equal(0, second.Lots);
        both.Step(3, AtClose, 0, false, ref first);
        both.Step(4, AtClose, 0, false, ref first);
        Assert.Equal(-5, first.Lots);
    }

    [Fact]
    public void Rewards_add_up_to_the_cash_that_is_left_when_everything_is_sold()
    {
        var bars = Minutes(3, 60);
        var dynamics = Game(Options with { MaxParticipation = 0.02 }, new CostModel(0.0005), bars);
        var random = new Seed(3).Stream();
        var account = LimitOrderAccount.Open(0.2, bars.Close[0]);
        var (earned, paid) = (0.0, 0.0);
        for (var bar = 0; bar < 179; bar++)
        {
            var before = account;
            earned += dynamics.Step(
                bar, random.NextInt32(21), random.NextInt32(11), bar == 178, ref account);
            paid += account.Cash - before.Cash;
            Assert.Equal(account.Cash + account.Lots * account.LotUnits * bars.Close[bar + 1], account.Equity, 1e-12);
            Assert.InRange(account.Lots, -5.0, 5.0);
        }

        Assert.Equal(0, account.Lots);
        Assert.Equal(account.Cash, account.Equity, 1e-12);
        Assert.Equal(100 * (account.Equity - 1), earned, 1e-9);
        Assert.Equal(account.Cash - 1, paid, 1e-12);
    }

    [Fact]
    public void An_episode_ends_flat_at_its_sessions_close_by_termination_and_at_its_length_by_truncation()
    {
        var dynamics = Game(Options with { EpisodeBars = 390 }, new CostModel(), Minutes(4, 60));
        var environment = new LimitOrderEnvironment(dynamics, new IndexRange(0, 240), 1, new Seed(1));
        var (lengths, step) = Lengths(environment, 300);
        Assert.All(lengths, one => Assert.Equal((59, EpisodeEnd.Terminated), one));
        Assert.Equal(0, step.FinalObservations[^4]);
        Assert.Equal(0, step.FinalObservations[^1]);

        var shorter = Game(Options with { EpisodeBars = 20 }, new CostModel(), Minutes(4, 60));
        var cut = Lengths(new LimitOrderEnvironment(shorter, new IndexRange(0, 240), 1, new Seed(1)), 300).Ends;
        Assert.Contains((20, EpisodeEnd.Truncated), cut);
        Assert.All(cut, one => Assert.True(one.Length <= 20));
    }

    [Fact]
    public void A_minute_session_of_390_bars_with_a_lookback_of_120_is_one_episode()
    {
        var bars = Minutes(3, 390);
        var columns = new LimitOrderColumns(
            bars, MinuteBarFeatures.Compute(bars), new float[2 * bars.Count], new CostModel(), new LimitOrderOptions());
        var dynamics = new LimitOrderDynamics(columns);
        var environment = new LimitOrderEnvironment(dynamics, new IndexRange(390, 1170), 2, new Seed(1));
        var step = new VectorStep(2, environment.ObservationSize);

        environment.Reset(step.Observations);

        Assert.Equal([21, 11], environment.Branches.ToArray());
        Assert.Equal(120 * 6 + 2 + 4, environment.ObservationSize);
        Assert.Equal(3, columns.Sessions.Length);
        Span<int> tags = stackalloc int[2];
        environment.Tags(tags);
        Assert.All(tags.ToArray(), tag => Assert.True(tag is 390 or 780));
        var recalled = new float[environment.ObservationSize - environment.OwnEntries];
        environment.Recall(tags[1], recalled);
        Assert.Equal(recalled, step.Observations.AsSpan(environment.ObservationSize, recalled.Length).ToArray());
    }

    [Fact]
    public void Nothing_that_is_shown_of_a_bar_depends_on_later_bars()
    {
        var bars = Minutes(2, 60);
        var cut = bars.Slice(0, 70);

        Assert.Equal(
            MinuteBarFeatures.Compute(bars)[..(70 * MinuteBarFeatures.Width)], MinuteBarFeatures.Compute(cut));
    }

    [Fact]
    public void A_saved_state_continues_bit_for_bit_and_a_step_allocates_nothing()
    {
        var dynamics = Game(Options, new CostModel(), Minutes(4, 60));
        var (through, other) = (Create(1), Create(2));
        var (expected, actual) = (Play(through, 90), Play(other, 10));
        other.RestoreState(through.SaveState());
        var before = GC.GetAllocatedBytesForCurrentThread();

        Play(through, 200, expected);
        Play(other, 200, actual);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(expected.Observations, actual.Observations);
        Assert.Equal(expected.Rewards, actual.Rewards);

        LimitOrderEnvironment Create(ulong seed) => new(dynamics, new IndexRange(0, 240), 3, new Seed(seed));
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_all_at_once()
    {
        var refused = Assert.Throws<ArgumentException>(
            (Options with { PriceLevels = 20, Quantities = 1, LotRatio = 2 }).Validated);

        Assert.Equal(4, refused.Message.Split('\n').Length);
        Assert.Contains("price_levels is 20; it must be odd", refused.Message);
    }

    private static VectorStep Play(LimitOrderEnvironment environment, int steps, VectorStep? into = null)
    {
        var step = into ?? new VectorStep(3, environment.ObservationSize);
        if (into is null)
        {
            environment.Reset(step.Observations);
        }

        Span<int> actions = stackalloc int[6];
        for (var i = 0; i < steps; i++)
        {
            for (var at = 0; at < 6; at++)
            {
                actions[at] = (i + at) % 11;
            }

            environment.Step(actions, step);
        }

        return step;
    }

    private static (List<(int Length, EpisodeEnd End)> Ends, VectorStep Last) Lengths(
        LimitOrderEnvironment environment, int steps)
    {
        var ends = new List<(int, EpisodeEnd)>();
        var step = new VectorStep(1, environment.ObservationSize);
        environment.Reset(step.Observations);
        for (var (i, length) = (0, 1); i < steps; i++, length++)
        {
            environment.Step([15, 7], step);
            if (step.Ends[0] != EpisodeEnd.None)
            {
                ends.Add((length, step.Ends[0]));
                length = 0;
            }
        }

        return (ends, step);
    }

    private static LimitOrderDynamics Game(
        LimitOrderOptions options, CostModel costs, params (double Open, double High, double Low, double Close)[] bars)
        => Game(options, costs, Bars.Exactly(bars));

    private static LimitOrderDynamics Game(LimitOrderOptions options, CostModel costs, BarSeries bars) =>
        new(new LimitOrderColumns(bars, new float[bars.Count], [], costs, options));

    private static BarSeries Minutes(int sessions, int sessionBars) => SyntheticMarket.Generate(
        new SyntheticMarketOptions
        {
            Bars = sessions * sessionBars,
            SessionBars = sessionBars,
            Volatility = 0.001,
            TypicalVolume = 10_000,
        },
        new Seed(7));
}
