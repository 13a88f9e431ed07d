using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Trading.Ensembles;

/// <summary>
/// One walk over a window: learns of closed trades when they close, and writes down every change.
/// </summary>
internal sealed class EnsembleBlend
{
    private readonly DynamicEnsemble _ensemble;
    private readonly IReadOnlyList<double[]> _positions;
    private readonly IndexRange _window;
    private readonly ImmutableArray<Trade>[] _trades;
    private readonly PerformanceTracker[] _trackers;
    private readonly TrackedPerformance[] _performance;
    private readonly double[] _blended;
    private readonly ImmutableArray<EnsembleChange>.Builder _changes =
        ImmutableArray.CreateBuilder<EnsembleChange>();

    public EnsembleBlend(
        DynamicEnsemble ensemble,
        BarSeries bars,
        IReadOnlyList<double[]> positions,
        IndexRange window,
        CostModel costs)
    {
        _ensemble = ensemble;
        _positions = positions;
        _window = window;
        _trades = [.. positions.Select(member => Backtest.Run(bars, member, window, costs).Trades)];
        _trackers = [.. positions.Select(_ => new PerformanceTracker())];
        _performance = [.. positions.Select(_ => TrackedPerformance.None)];
        _blended = new double[bars.Count];
    }

    public EnsembleTrack Run(ImmutableArray<MarketRegime> regimes)
    {
        var weights = ImmutableArray.CreateBuilder<ImmutableArray<double>>(_window.Count);
        var current = ImmutableArray<double>.Empty;
        for (var t = _window.Start; t < _window.End; t++)
        {
            var first = t == _window.Start;
            var turned = first || regimes[t] != regimes[t - 1];
            if (turned)
            {
                _changes.Add(new RegimeChanged(t, first ? null : regimes[t - 1], regimes[t]));
            }

            var closed = TakeClosedTrades(t);
            if (turned || closed.Count > 0)
            {
                current = Reweigh(t, current, regimes[t], turned, closed);
            }

            weights.Add(current);
            _blended[t] = Blended(t, current);
        }

        return new EnsembleTrack(
            ImmutableCollectionsMarshal.AsImmutableArray(_blended),
            weights.MoveToImmutable(),
            regimes.Slice(_window.Start, _window.Count),
            _window,
            _ensemble.Strategies,
            _changes.DrainToImmutable());
    }

    /// <summary>
    /// Records the trades that became known at the close of <paramref name="t"/>; names whose they were.
    /// </summary>
    private List<string> TakeClosedTrades(int t)
    {
        var names = new List<string>();
        for (var member = 0; member < _trades.Length; member++)
        {
            var tracker = _trackers[member];
            var before = tracker.Trades.Count;
            while (tracker.Trades.Count < _trades[member].Length
                && _trades[member][tracker.Trades.Count].IsKnownAt(t))
            {
                tracker.Record(_trades[member][tracker.Trades.Count]);
            }

            if (tracker.Trades.Count > before)
            {
                _performance[member] = tracker.Measure();
                names.Add(_ensemble.Strategies[member]);
            }
        }

        return names;
    }

    private ImmutableArray<double> Reweigh(
        int t, ImmutableArray<double> before, MarketRegime regime, bool turned, List<string> closed)
    {
        var after = _ensemble.UpdateWeights(regime, _performance);
        if (before.SequenceEqual(after))
        {
            return before;
        }

        var reasons = closed.Distinct().Select(name => $"{name} closed a trade");
        _changes.Add(new WeightsChanged(
            t, before, after, string.Join("; ", turned ? reasons.Prepend($"regime {regime}") : reasons)));
        return after;
    }

    private double Blended(int t, ImmutableArray<double> weights)
    {
        var sum = 0.0;
        for (var member = 0; member < weights.Length; member++)
        {
            sum += weights[member] * _positions[member][t];
        }

        return Math.Clamp(sum, -1, 1);
    }
}
