using TrainingCluster.Training.Supervised;
using static TorchSharp.torch;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>What a fit begins from, where it is not an encoder with drawn weights.</summary>
/// <param name="Network">Makes an equal network each time; null for the encoder of the options.</param>
/// <param name="Weights">Taken over from a trained network: two stages follow, the first with its
/// convolutions frozen. Null to keep those that the network draws.</param>
/// <param name="Pass">Computes losses and gradients instead of the network; taken over.</param>
internal sealed record FitStart(
    Func<nn.Module<Tensor, Tensor>>? Network = null, float[]? Weights = null, IGradientPass? Pass = null);
