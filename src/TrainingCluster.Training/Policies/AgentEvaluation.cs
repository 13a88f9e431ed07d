using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Evaluation;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Policies;

/// <summary>The evidence of a policy: its greedy track over validation and test, each begun flat.</summary>
internal static class AgentEvaluation
{
    public static JobEvaluation Of(StageContext context, AgentMarket market, ITradingPolicy policy)
    {
        var data = market.Data;
        var positions = PolicyTrack.Positions(
            policy, market.Dynamics,
            [.. data.Ranges(split => split.Validation), .. data.Ranges(split => split.Test)]);
        var scores = ImmutableSortedDictionary.CreateRange<string, double?>(StringComparer.Ordinal,
        [
            new("accuracy", Accuracy(market)),
        ]);
        return PolicyEvaluation.Of(context, data, positions, scores);
    }

    /// <summary>
    /// Share of labelled test bars whose next-bar output, as the policy saw it, has the right sign.
    /// </summary>
    private static double Accuracy(AgentMarket market)
    {
        var data = market.Data;
        var bars = data.Test.Where(row => data.Labels.Valid[row]).ToArray();
        var right = bars.Count(bar =>
        {
            var inFrame = market.Dynamics.Columns.Observed[bar * market.Observation.Width];
            return inFrame * data.Direction[bar] > 0 == data.Labels.NextUp[bar] > 0;
        });
        return (double)right / bars.Length;
    }
}
