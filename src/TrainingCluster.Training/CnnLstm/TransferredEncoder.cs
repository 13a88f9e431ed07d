using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// Weights for a new encoder from one that was trained on other bars: where a market has few bars, what the
/// convolutions learnt elsewhere is kept at first, and all of it is tuned at a lower rate afterwards.
/// </summary>
internal static class TransferredEncoder
{
    /// <summary>The start that the job's base gives, or null where it has none.</summary>
    /// <exception cref="JobInputException">The base has another shape or other features, or knows these
    /// bars.</exception>
    public static FitStart? Start(StageContext context, CnnLstmOptions options, PreparedMarkets data)
    {
        if (context.Inputs(InputRoles.Base).IsEmpty)
        {
            return null;
        }

        var encoder = EncoderModel.Load(context.Input(InputRoles.Base));
        var wanted = options.Architecture(data.Matrix.Columns);
        if (encoder.Config.Architecture != wanted)
        {
            throw new JobInputException(
                $"the base encoder is {encoder.Config.Architecture}; this job's is {wanted}: "
                + "weights can be taken over only between equal shapes");
        }

        if (!encoder.Config.Preprocessor.Features.SequenceEqual(data.Matrix.Names))
        {
            throw new JobInputException(
                $"the base encoder reads {string.Join(", ", encoder.Config.Preprocessor.Features)}; "
                + $"this job has {string.Join(", ", data.Matrix.Names)}");
        }

        if (encoder.Config.Data == data.Panel.Digest)
        {
            throw new JobInputException(
                "the base encoder was trained on these very bars, which its folds must not have seen; "
                + "take one of another market or period");
        }

        using var network = encoder.CreateNetwork();
        return new FitStart(Weights: NetworkWeights.Flatten(network));
    }
}
