using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Verdicts;
using TrainingCluster.Training.Ensembles;

namespace TrainingCluster.Training.Leaderboards;

/// <summary>
/// What a leaderboard's figures are worth. Models and rules are the field to choose from; buying and holding is what
/// they must beat; trials deflate models, as those alone were chosen among trials.
/// </summary>
internal static class LeaderboardEvidence
{
    private const string Benchmark = "buy_and_hold";

    /// <summary>Of the whole board.</summary>
    public static Leaderboard Judge(
        LeaderboardInput input, LeaderboardScoring scoring, ImmutableArray<LeaderboardRow> rows)
    {
        LeaderboardRow[] accounts = [.. rows.Where(row => row.Symbol is null)];
        LeaderboardRow[] field = [.. accounts.Where(row => row.Kind != LeaderboardKind.Benchmark)];
        LeaderboardRow[] models = [.. accounts.Where(row => row.Kind == LeaderboardKind.Model)];
        var hold = accounts.First(row => row.Name == Benchmark);
        var chosen = Array.FindIndex(field, row => row.Selected);
        var alike = FieldEvidence.CorrelationOf([.. models.Select(ToCompetitor)]);
        var population = new TrialPopulation(input.Trials, input.TrialVariance, alike);
        return new Leaderboard(
            scoring.Window, scoring.Times, input.Trials, input.TrialVariance,
            [.. rows.Select(row => Deflated(row, population))])
        {
            Field = FieldEvidence.Of(
                [.. field.Select(ToCompetitor)], ToCompetitor(hold), chosen < 0 ? null : chosen,
                input.Seed.For("field")),
            Population = population,
            Weighting = input.Candidates.Select(candidate => WeightingScores.Read(candidate.Evaluation))
                .FirstOrDefault(scores => scores is not null),
        };
    }

    private static LeaderboardRow Deflated(LeaderboardRow row, TrialPopulation population)
    {
        if (row.Kind != LeaderboardKind.Model || row.Symbol is not null)
        {
            var none = Estimate.NotDefined(row.Kind != LeaderboardKind.Model
                ? "it was not chosen among trials"
                : "models are chosen by what they earn over all symbols");
            return row with
            {
                Evidence = row.Evidence with
                {
                    Trials = population,
                    DeflatedSharpe = none,
                    DeflatedByEffective = none,
                },
            };
        }

        var moments = Moments.Of(row.Returns.AsSpan());
        var deflated = population.DeflatedSharpe(moments);
        return row with
        {
            DeflatedSharpe = deflated.Value,
            Evidence = row.Evidence with
            {
                Trials = population,
                DeflatedSharpe = deflated,
                DeflatedByEffective = population.DeflatedByEffective(moments),
            },
        };
    }

    private static Competitor ToCompetitor(LeaderboardRow row) => new(row.Title, [.. row.Returns]);
}
