using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>A flat vector of parameters with its gradient and optimizer.</summary>
internal sealed class LearnedWeights(int count, double adamEpsilon)
{
    private Adam _adam = new(count, adamEpsilon);

    public float[] Values { get; } = new float[count];

    /// <summary>Laid out like the values.</summary>
    public float[] Gradient { get; } = new float[count];

    /// <summary>Updates made.</summary>
    public long Steps => _adam.Steps;

    public void Descend(double learningRate) => _adam.Update(Values, Gradient, learningRate);

    /// <summary>target ← target + share · (values − target).</summary>
    public void BlendInto(Span<float> target, double share)
    {
        if (share == 1)
        {
            Values.CopyTo(target);
            return;
        }

        Blend.Toward(target, Values, (float)share);
    }

    public void Write(BinaryWriter writer)
    {
        StateCodec.Write(writer, Values);
        _adam.State.Write(writer);
    }

    /// <exception cref="InvalidDataException">The state has another number of parameters.</exception>
    public void Read(BinaryReader reader)
    {
        StateCodec.Read(reader, Values);
        var state = AdamState.Read(reader);
        StateCodec.Expect(state.Means.Length, Values.Length, "moments");
        _adam = new Adam(state, adamEpsilon);
    }
}
