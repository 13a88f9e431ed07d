using System.Globalization;
using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Weights;
using TrainingCluster.Trading.Labels;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Training.Preparation;

/// <summary>
/// Prepared data whose labels are meta-labels: only bars at which the strategy enters have one, and it says whether
/// the trade paid for its costs (López de Prado 2018, "Advances in Financial Machine Learning", section 3.6). The
/// barrier is then profit where it did and stop where it did not.
/// </summary>
internal static class SetUpLabels
{
    private const int FewestToFit = 30;
    private const int FewestInFold = 10;
    private const int FewestToStopBy = 5;

    public static PreparedMarkets Of(PreparedMarkets data, CostModel costs) => PreparedMarkets.Of(
        data.Panel, [.. data.Markets.Select(market => market with { Labels = Labels(market, costs) })],
        data.Preprocessor);

    /// <summary>What a label looks at, from its fill to its last bar, in time.</summary>
    public static LabelSpan Span(PreparedMarkets data, int row) => new(
        data.Panel.Names[data.Panel.SymbolOf(row)], data.Panel.TimeOf(row + 1),
        data.Panel.TimeOf(data.Labels.LastBar[row]));

    /// <exception cref="InsufficientDataException">The strategy enters too rarely to learn from.</exception>
    public static void Require(PreparedMarkets data, ImmutableArray<AlignedFold> folds, string strategy)
    {
        int Count(IEnumerable<int> rows) => rows.Count(row => data.Labels.Valid[row]);
        var (train, validation) = (Count(data.Train), Count(data.Validation));
        var fewest = folds.Select(fold => Count(fold.TrainRows)).Append(train).Min();
        if (train >= FewestToFit && fewest >= FewestInFold && validation >= FewestToStopBy)
        {
            return;
        }

        var share = Math.Min(
            Math.Min((double)train / FewestToFit, (double)fewest / FewestInFold), (double)validation / FewestToStopBy);
        throw new InsufficientDataException(
            data.Panel.Count,
            (int)Math.Min(int.MaxValue, share > 0 ? data.Panel.Count / share : 10.0 * data.Panel.Count),
            string.Create(CultureInfo.InvariantCulture,
                $"meta-labels need at least {FewestToFit} set-ups of '{strategy}' to fit on, {FewestInFold} in each "
                + $"fold and {FewestToStopBy} to choose by; there are {train}, {fewest} and {validation}: give more "
                + $"bars or symbols, or label every bar"));
    }

    private static LabelSet Labels(PreparedData market, CostModel costs)
    {
        var every = market.Labels;
        var (barrier, nextUp, valid) = (new sbyte[every.Count], new sbyte[every.Count], new bool[every.Count]);
        int[] last = [.. Enumerable.Range(0, every.Count)];
        foreach (var setUp in MetaLabelling.Collect([market.Bars], [], market.Rule, costs))
        {
            var bar = setUp.Bar;
            if (every.Valid[bar] && every.Direction[bar] == setUp.Side)
            {
                (valid[bar], last[bar], nextUp[bar]) = (true, setUp.LastBar, every.NextUp[bar]);
                barrier[bar] = (sbyte)(setUp.Worth == 1 ? BarrierOutcome.Profit : BarrierOutcome.Stop);
            }
        }

        return new LabelSet(every.Direction, [.. barrier], [.. last], [.. nextUp], [.. valid]);
    }
}
