using System.Collections.Immutable;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Registry.Rules;

/// <summary>
/// Every specification that was scored on some data, for the deflation of Sharpe ratios: the more was tried
/// on the same bars, the less the best of it means (Bailey and López de Prado 2014, "The Deflated Sharpe
/// Ratio").
/// </summary>
public sealed record TrialLedger
{
    public static TrialLedger Empty { get; } = new();

    private ImmutableDictionary<Digest, ImmutableDictionary<Digest, TrialCounted>> ByData { get; init; } =
        ImmutableDictionary<Digest, ImmutableDictionary<Digest, TrialCounted>>.Empty;

    public bool Contains(Digest data, Digest spec) => On(data).ContainsKey(spec);

    /// <summary>How many distinct specifications were scored on the data.</summary>
    public int Count(Digest data) => On(data).Count;

    /// <summary>The trials on the data, in the order of their specifications' digests.</summary>
    public ImmutableArray<TrialCounted> List(Digest data) =>
        [.. On(data).Values.OrderBy(trial => trial.Spec.Hex, StringComparer.Ordinal)];

    /// <summary>
    /// The unbiased variance of the per-bar Sharpe ratios of the trials that have one; null with fewer than
    /// two.
    /// </summary>
    public double? SharpeVariance(Digest data)
    {
        var sharpes = List(data).Select(trial => trial.SharpePerBar).OfType<double>().ToArray();
        if (sharpes.Length < 2)
        {
            return null;
        }

        var mean = sharpes.Sum() / sharpes.Length;
        return sharpes.Sum(sharpe => (sharpe - mean) * (sharpe - mean)) / (sharpes.Length - 1);
    }

    /// <summary>What the trials on the data give to the deflation of a Sharpe ratio.</summary>
    public TrialPopulation Population(Digest data) => new(Count(data), SharpeVariance(data));

    /// <summary>The data sets on which anything was tried, in the order of their digests.</summary>
    public ImmutableArray<Digest> DataSets =>
        [.. ByData.Keys.OrderBy(data => data.Hex, StringComparer.Ordinal)];

    public TrialLedger Add(TrialCounted trial) =>
        this with { ByData = ByData.SetItem(trial.Data, On(trial.Data).SetItem(trial.Spec, trial)) };

    private ImmutableDictionary<Digest, TrialCounted> On(Digest data) =>
        ByData.GetValueOrDefault(data, ImmutableDictionary<Digest, TrialCounted>.Empty);
}
