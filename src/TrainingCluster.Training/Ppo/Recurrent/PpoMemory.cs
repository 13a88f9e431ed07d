using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Models.Recurrent;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Ppo.Recurrent;

/// <summary>
/// The memory of a PPO learner: an encoder of windows before policy and value, learned with them from the same loss.
/// A window starts from an empty state, so nothing stale is carried from older weights (Kapturowski et al. 2019,
/// "R2D2", section 3, names that trouble); what lies further back than a window is forgotten.
/// </summary>
internal sealed class PpoMemory : IDisposable
{
    private readonly WindowEncoder _encoder;
    private readonly double _adamEpsilon;
    private readonly float[] _weights;
    private readonly float[] _gradient;
    private readonly float[] _windows;
    private Adam _adam;

    public PpoMemory(PpoOptions options, PpoMemoryOptions memory, IVectorEnvironment environment, Seed seed)
    {
        _adamEpsilon = options.AdamEpsilon;
        _encoder = new WindowEncoder(memory.Shape(environment.ObservationSize), seed.Stream());
        Episodes = new EncodedEpisodes(environment, _encoder, options.RolloutSteps);
        _weights = NetworkWeights.Flatten(_encoder);
        _gradient = new float[_weights.Length];
        _windows = new float[options.MiniBatch * Episodes.WindowSize];
        _adam = new Adam(_weights.Length, _adamEpsilon);
    }

    /// <summary>What the learner collects from.</summary>
    public EncodedEpisodes Episodes { get; }

    /// <summary>A copy of the encoder.</summary>
    public PpoMemorySnapshot Snapshot => new(_encoder.Options, [.. _weights]);

    /// <summary>
    /// Puts live features in the place of the rollout's, and differentiates the encoder through them.
    /// </summary>
    /// <param name="transitions">Of the minibatch.</param>
    /// <param name="features">[row, feature], overwritten before <paramref name="through"/> is asked.</param>
    /// <param name="through">Gives the loss by features.</param>
    /// <returns>The sum of the gradient's squares.</returns>
    public double Differentiate(ReadOnlySpan<int> transitions, float[] features, Func<float[]> through)
    {
        var size = Episodes.WindowSize;
        for (var row = 0; row < transitions.Length; row++)
        {
            Episodes.WindowOf(transitions[row]).CopyTo(_windows.AsSpan(row * size));
        }

        _encoder.Differentiate(_windows, transitions.Length, features, through, _gradient);
        return GradientNorm.SquareSum(_gradient);
    }

    /// <param name="norm">Of the whole gradient, policy's and value's included.</param>
    public void Apply(double rate, double norm, double maximumNorm)
    {
        GradientNorm.Clip(_gradient, norm, maximumNorm);
        _adam.Update(_weights, _gradient, rate);
        NetworkWeights.Restore(_encoder, _weights);
    }

    public void Write(BinaryWriter writer)
    {
        StateCodec.Write(writer, _weights);
        _adam.State.Write(writer);
    }

    /// <exception cref="InvalidDataException">The state belongs to another spec.</exception>
    public void Read(BinaryReader reader)
    {
        StateCodec.Read(reader, _weights);
        var state = AdamState.Read(reader);
        StateCodec.Expect(state.Means.Length, _weights.Length, "moments");
        _adam = new Adam(state, _adamEpsilon);
        NetworkWeights.Restore(_encoder, _weights);
    }

    public void Dispose() => _encoder.Dispose();
}

/// <summary>An encoder at one moment of its training.</summary>
/// <param name="Weights">Flat; belongs to the record.</param>
public sealed record PpoMemorySnapshot(WindowEncoderOptions Shape, float[] Weights)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(Shape.Entries);
        writer.Write(Shape.Steps);
        writer.Write(Shape.Hidden);
        writer.Write(Shape.Kernel);
        StateCodec.Write(writer, Shape.Convolutions.AsSpan());
        StateCodec.Write(writer, Weights);
    }

    public static PpoMemorySnapshot Read(BinaryReader reader)
    {
        var (entries, steps, hidden, kernel) =
            (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var shape = new WindowEncoderOptions(entries, steps, hidden)
        {
            Kernel = kernel,
            Convolutions = [.. StateCodec.Read<int>(reader)],
        };
        return new PpoMemorySnapshot(shape, StateCodec.Read<float>(reader));
    }
}
