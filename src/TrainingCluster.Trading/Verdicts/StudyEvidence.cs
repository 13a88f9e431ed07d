using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Verdicts;

/// <summary>What a backtest is worth: by itself, and against buying and holding.</summary>
public sealed record StudyEvidence(Evidence Track, FieldEvidence Field)
{
    /// <param name="study">The backtest.</param>
    /// <param name="trials">All that were scored on its data, this one included.</param>
    /// <param name="seed">Of the bootstraps.</param>
    public static StudyEvidence Of(BacktestStudy study, TrialPopulation trials, Seed seed)
    {
        var track = study.Track;
        var perYear = study.Markets.Max(bars => bars.BarsPerYear);
        return new StudyEvidence(
            Evidence.Of(track.Result, track.Metrics, perYear, track.Times.AsSpan(), trials) with
            {
                Costs = Computed.Of<IReadOnlyList<CostSensitivity>>(study.Sensitivity),
                Regimes = Regimes(study),
            },
            FieldEvidence.Of(
                [new Competitor(track.Name, [.. track.Result.Returns])],
                new Competitor("buy and hold", [.. study.BuyAndHold.Result.Returns]),
                0,
                seed.For("field")));
    }

    private static Computed<IReadOnlyList<RegimeResult>> Regimes(BacktestStudy study) =>
        study.Markets.Length > 1
            ? Computed.Not<IReadOnlyList<RegimeResult>>("several symbols have no regime in common")
            : study.Account is not null
                ? Computed.Not<IReadOnlyList<RegimeResult>>("an account's moments are not the bars of one symbol")
                : RegimesOfResult.Measure(study.Track.Result, study.Markets[0]);
}
