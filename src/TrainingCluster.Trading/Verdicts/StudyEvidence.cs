using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Verdicts;

/// <summary>What a backtest is worth: by itself, and against buying and holding.</summary>
public sealed record StudyEvidence(Evidence Track, FieldEvidence Field)
{
    private const string NoNeighbours =
        "it ranks several; one set of decisions was tested (a strategy's --neighbours test the settings around it)";

    /// <param name="study">The backtest.</param>
    /// <param name="trials">All that were scored on its data, this one included.</param>
    /// <param name="seed">Of the bootstraps.</param>
    public static StudyEvidence Of(BacktestStudy study, TrialPopulation trials, Seed seed)
    {
        var track = study.Track;
        var perYear = study.Markets.Max(bars => bars.BarsPerYear);
        var choice = Choice(study, seed.For("field"));
        return new StudyEvidence(
            Evidence.Of(
                track.Result, track.Metrics, perYear, track.Times.AsSpan(),
                trials.Correlation is null ? trials with { Correlation = choice.Correlation } : trials) with
            {
                Costs = Computed.Of<IReadOnlyList<CostSensitivity>>(study.Sensitivity),
                Regimes = Regimes(study),
                Capacity = study.Account is null
                    ? Verdicts.Capacity.Of(track.Result, study.Markets[0])
                    : Computed.Not<Capacity>(
                        "an account trades quantities; its event log shows each, --max-participation bounds them"),
            },
            choice);
    }

    /// <summary>The tested settings against buying and holding; with neighbours, all of them as what could have been
    /// chosen, so that the tests know of every one that was tried.</summary>
    private static FieldEvidence Choice(BacktestStudy study, Seed seed)
    {
        var tested = new Competitor(study.Track.Name, [.. study.Track.Result.Returns]);
        var hold = new Competitor("buy and hold", [.. study.BuyAndHold.Result.Returns]);
        var alone = FieldEvidence.Of([tested], hold, 0, seed);
        return study.Neighbours.IsEmpty
            ? alone with { Overfitting = Computed.Not<BacktestOverfitting>(NoNeighbours) }
            : FieldEvidence.Of(
                [
                    tested,
                    .. study.Neighbours.Select(one => new Competitor(one.Rule.Parameters, [.. one.Returns])),
                ],
                hold,
                0,
                seed) with
            { Pairs = alone.Pairs };
    }

    private static Computed<IReadOnlyList<RegimeResult>> Regimes(BacktestStudy study) =>
        study.Markets.Length > 1
            ? Computed.Not<IReadOnlyList<RegimeResult>>("several symbols have no regime in common")
            : study.Account is not null
                ? Computed.Not<IReadOnlyList<RegimeResult>>("an account's moments are not the bars of one symbol")
                : RegimesOfResult.Measure(study.Track.Result, study.Markets[0]);
}
