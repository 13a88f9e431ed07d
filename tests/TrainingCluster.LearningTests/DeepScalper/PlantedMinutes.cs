using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.DeepScalper;
using TrainingCluster.Training.Environments.LimitOrders;
using TrainingCluster.Training.OffPolicy;

namespace TrainingCluster.LearningTests.DeepScalper;

/// <summary>
/// Sessions of minute bars with three things to find: a trend that lasts some 30 bars, of which a further column
/// shows how strong it is; volatility whose logarithm is an AR(1); and prices that bounce about the trend's path
/// from bar to bar, which is what lures a short-sighted agent out of its position. A policy is judged on the sessions
/// after those it is trained on.
/// </summary>
internal sealed class PlantedMinutes
{
    public const int Lookback = 10;
    public const int VolatilityBars = 10;
    private const double UsualDeviation = 0.001;
    private readonly PlantedSizes _sizes;
    private readonly BarSeries _bars;
    private readonly LimitOrderDynamics _dynamics;

    public PlantedMinutes(Seed seed, PlantedSizes? sizes = null)
    {
        _sizes = sizes ?? new PlantedSizes();
        var trend = new float[Sessions * SessionBars];
        _bars = Generate(seed, trend);
        var options = new LimitOrderOptions { Lookback = Lookback, EpisodeBars = SessionBars, LevelRatio = 0.0002 };
        _dynamics = new LimitOrderDynamics(new LimitOrderColumns(
            _bars, MinuteBarFeatures.Compute(_bars), trend, new CostModel(_sizes.FeeRatio), options));
    }

    public static DeepScalperLayout Layout { get; } = new(
        new EntryRange(0, Lookback * MinuteBarFeatures.Width),
        new EntryRange(Lookback * MinuteBarFeatures.Width, 1 + LimitOrderDynamics.AccountEntries),
        Lookback * MinuteBarFeatures.Width + 1);

    /// <summary>The training window alone.</summary>
    public DeepScalperMarket Market => new(
        [.. _bars.Close.ToArray()], [.. Enumerable.Range(0, _bars.Count).Select(bar => bar / SessionBars)],
        new IndexRange(0, TrainSessions * SessionBars));

    private int SessionBars => _sizes.SessionBars;

    private int TrainSessions => _sizes.TrainSessions;

    private int Sessions => _sizes.TrainSessions + _sizes.HeldOutSessions;

    public LimitOrderEnvironment Training(int count, Seed seed) =>
        new(_dynamics, new IndexRange(0, TrainSessions * SessionBars), count, seed);

    /// <summary>The sessions after the training window.</summary>
    public LimitOrderEnvironment HeldOut(int count, Seed seed) =>
        new(_dynamics, new IndexRange(TrainSessions * SessionBars, _bars.Count), count, seed);

    /// <summary>Mean return of a session in per cent, and how many bars a position is held, on the sessions after
    /// the training window.</summary>
    public (double Return, double Holding) Trade(IGreedyPolicy policy)
    {
        var (earned, entries, held) = (0.0, 0, 0);
        var (observation, action) = (new float[_dynamics.ObservationSize], new float[2]);
        for (var start = TrainSessions * SessionBars; start < _bars.Count; start += SessionBars)
        {
            var (account, side) = (Open(start), 0);
            for (var bar = start; bar + 1 < start + SessionBars; bar++)
            {
                _dynamics.Observe(bar, account, Left(bar), observation);
                policy.Act(observation, action);
                var last = bar + 2 >= start + SessionBars;
                earned += _dynamics.Step(bar, (int)action[0], (int)action[1], last, ref account);
                entries += Math.Sign(account.Lots) != side && account.Lots != 0 ? 1 : 0;
                side = Math.Sign(account.Lots);
                held += side == 0 ? 0 : 1;
            }
        }

        return (earned / (Sessions - TrainSessions), (double)held / Math.Max(1, entries));
    }

    /// <summary>1 − Σ(truth − prediction)² / Σ(truth − mean)² of the next bars' volatility after the training
    /// window, standardised by what the training window showed.</summary>
    public double VolatilityFit(DeepScalperLearner learner)
    {
        var known = Inside(0, TrainSessions).Select(LogVolatility).ToArray();
        var (mean, square) = (known.Average(), known.Average(log => log * log));
        var deviation = Math.Sqrt(square - mean * mean);
        var bars = Inside(TrainSessions, Sessions).ToArray();
        var truth = bars.Select(bar => (LogVolatility(bar) - mean) / deviation).ToArray();
        var observation = new float[_dynamics.ObservationSize];
        var missed = 0.0;
        for (var i = 0; i < bars.Length; i++)
        {
            _dynamics.Observe(bars[i], Open(bars[i]), Left(bars[i]), observation);
            missed += Math.Pow(truth[i] - learner.Volatility(observation, 1)[0], 2);
        }

        var centre = truth.Average();
        return 1 - missed / truth.Sum(value => (value - centre) * (value - centre));
    }

    private BarSeries Generate(Seed seed, float[] trend)
    {
        var random = seed.For("minutes").Stream();
        var count = trend.Length;
        var (times, volume) = (new long[count], new double[count]);
        var (open, high, low, close) =
            (new double[count], new double[count], new double[count], new double[count]);
        var (path, strength, calm) = (Math.Log(100), 0.0, 0.0);
        var day = new DateTimeOffset(2020, 1, 6, 14, 30, 0, TimeSpan.Zero);
        for (var bar = 0; bar < count; bar++)
        {
            calm = 0.98 * calm + 0.5 * Math.Sqrt(1 - 0.98 * 0.98) * random.NextGaussian();
            var deviation = UsualDeviation * Math.Exp(calm);
            path += deviation * (_sizes.TrendShare * strength + 0.99 * random.NextGaussian());
            strength = 0.97 * strength + Math.Sqrt(1 - 0.97 * 0.97) * random.NextGaussian();
            close[bar] = Math.Exp(path + deviation * random.NextGaussian());
            open[bar] = bar == 0 ? close[0] : close[bar - 1];
            high[bar] = Math.Max(open[bar], close[bar]) * (1 + deviation * random.NextDouble());
            low[bar] = Math.Min(open[bar], close[bar]) * (1 - deviation * random.NextDouble());
            volume[bar] = Math.Round(1e6 * Math.Exp(0.3 * random.NextGaussian()));
            times[bar] = day.AddDays(bar / SessionBars).AddMinutes(bar % SessionBars).ToUnixTimeMilliseconds();
            trend[bar] = (float)strength;
        }

        return BarSeries.Create("MINUTES", times, open, high, low, close, volume);
    }

    /// <summary>Bars with a whole lookback before them and all their next bars in the same session.</summary>
    private IEnumerable<int> Inside(int from, int to) =>
        Enumerable.Range(from, to - from).SelectMany(session => Enumerable.Range(
            session * SessionBars + Lookback, SessionBars - Lookback - VolatilityBars));

    private double Left(int bar) => (double)(SessionBars - 1 - bar % SessionBars) / SessionBars;

    private double LogVolatility(int bar)
    {
        var squares = Enumerable.Range(bar + 1, VolatilityBars)
            .Sum(next => Math.Pow(Math.Log(_bars.Close[next] / _bars.Close[next - 1]), 2));
        return Math.Log(Math.Sqrt(squares / VolatilityBars));
    }

    private LimitOrderAccount Open(int bar) =>
        LimitOrderAccount.Open(_dynamics.Columns.Options.LotRatio, _bars.Close[bar]);
}

/// <param name="TrainSessions">
/// Enough that an update rarely meets a bar again: of 130 sessions the volatility head remembered the bars, and its
/// fit on other sessions fell while it was trained.
/// </param>
/// <param name="TrendShare">Of a bar's usual movement, what a trend of strength 1 adds.</param>
internal sealed record PlantedSizes(
    int SessionBars = 120, int TrainSessions = 390, int HeldOutSessions = 30, double FeeRatio = 0.0001,
    double TrendShare = 0.15);
