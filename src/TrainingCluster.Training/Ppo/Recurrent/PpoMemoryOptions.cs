using TrainingCluster.Models.Recurrent;

namespace TrainingCluster.Training.Ppo.Recurrent;

/// <summary>What a policy with a memory remembers, and through which layers.</summary>
public sealed record PpoMemoryOptions
{
    /// <summary>Observations that it looks back on, the present one included.</summary>
    public int Steps { get; init; } = 16;

    /// <summary>Width of the LSTM.</summary>
    public int Hidden { get; init; } = 32;

    /// <summary>Channels of convolutions over time before the LSTM: none is a plain recurrent policy.</summary>
    public ImmutableArray<int> Convolutions { get; init; } = [];

    /// <summary>Steps that each convolution sees; odd.</summary>
    public int Kernel { get; init; } = 3;

    internal WindowEncoderOptions Shape(int observationSize) =>
        new(observationSize + ObservationHistory.Marks, Steps, Hidden) { Convolutions = Convolutions, Kernel = Kernel };
}
