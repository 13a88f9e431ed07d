using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Ppo;

/// <summary>One iteration as the report draws it.</summary>
/// <param name="Update">Minibatches drawn by its end.</param>
/// <param name="Reward">Mean reward of a step of its rollout, net log return in per cent.</param>
/// <param name="Loss">Mean of its minibatches.</param>
/// <param name="Entropy">Mean, in nats.</param>
/// <param name="ApproximateKl">Mean of its minibatches.</param>
/// <param name="ExplainedVariance">Of returns by the critic.</param>
/// <param name="LearningRate">That the schedule set.</param>
/// <param name="ValidationSharpe">Annualised, of the greedy policy; null where it was not looked at.</param>
public sealed record PpoCurvePoint(
    long Update, double Reward, double Loss, double Entropy, double ApproximateKl, double ExplainedVariance,
    double LearningRate, double? ValidationSharpe) : ICurvePoint
{
    ImmutableArray<CurveNumber> ICurvePoint.Numbers =>
    [
        new("reward", "reward", Reward), new("loss", "loss", Loss), new("entropy", "entropy", Entropy),
        new("approximate_kl", "kl", ApproximateKl), new("explained_variance", null, ExplainedVariance),
        new("learning_rate", "lr", LearningRate), new("validation_sharpe", "val_sharpe", ValidationSharpe),
    ];

    public static void Write(BinaryWriter writer, ImmutableArray<PpoCurvePoint> curve)
    {
        writer.Write(curve.Length);
        foreach (var point in curve)
        {
            writer.Write(point.Update);
            writer.Write(point.Reward);
            writer.Write(point.Loss);
            writer.Write(point.Entropy);
            writer.Write(point.ApproximateKl);
            writer.Write(point.ExplainedVariance);
            writer.Write(point.LearningRate);
            writer.Write(point.ValidationSharpe ?? double.NaN);
        }
    }

    public static ImmutableArray<PpoCurvePoint> Read(BinaryReader reader)
    {
        var curve = ImmutableArray.CreateBuilder<PpoCurvePoint>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var point = new PpoCurvePoint(
                reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(),
                reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
            curve.Add(double.IsNaN(point.ValidationSharpe!.Value) ? point with { ValidationSharpe = null }
                : point);
        }

        return curve.ToImmutable();
    }
}
