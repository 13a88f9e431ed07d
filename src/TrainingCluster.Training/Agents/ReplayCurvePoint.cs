using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Agents;

/// <summary>One round of a learner from replay as the report draws it; NaN where a number is not defined.</summary>
/// <param name="EpisodeReward">Mean of the episodes that ended in it, net log return in per cent.</param>
/// <param name="Loss">Of the values, of its last update.</param>
/// <param name="Value">Mean value of that update's actions.</param>
/// <param name="Entropy">Of the policy, in nats.</param>
/// <param name="Auxiliary">Loss of the auxiliary task.</param>
internal sealed record ReplayCurvePoint(
    long Update, double EpisodeReward, double Loss, double Value, double Entropy, double Auxiliary,
    double LearningRate, double ValidationSharpe) : ICurvePoint
{
    public ImmutableArray<CurveNumber> Numbers =>
    [
        new("episode_reward", "reward", EpisodeReward), new("loss", "loss", Loss), new("value", "value", Value),
        new("entropy", "entropy", Entropy), new("auxiliary_loss", null, Auxiliary),
        new("learning_rate", "lr", LearningRate), new("validation_sharpe", "val_sharpe", ValidationSharpe),
    ];

    public static ReplayCurvePoint Of(OffPolicyRound round, double learningRate, double? score)
    {
        var terms = round.Last ?? UpdateTerms.Of(double.NaN, double.NaN);
        return new ReplayCurvePoint(
            round.Updates, round.Returns.Mean, terms.Loss, terms.MeanValue, terms.Entropy, terms.Auxiliary,
            learningRate, score ?? double.NaN);
    }

    public static void Write(BinaryWriter writer, IReadOnlyList<ReplayCurvePoint> curve)
    {
        writer.Write(curve.Count);
        foreach (var point in curve)
        {
            writer.Write(point.Update);
            foreach (var number in point.Numbers)
            {
                writer.Write(number.Value ?? double.NaN);
            }
        }
    }

    public static IEnumerable<ReplayCurvePoint> Read(BinaryReader reader)
    {
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            yield return new ReplayCurvePoint(
                reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(),
                reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        }
    }
}
