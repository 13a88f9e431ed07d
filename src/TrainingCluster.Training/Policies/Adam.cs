using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.Policies;

/// <summary>
/// Adam (Kingma, Ba 2015, arXiv:1412.6980, algorithm 1) over one flat vector, with the bias corrections
/// arranged as in PyTorch: step = lr / (1 − β₁ᵗ), denominator = √v / √(1 − β₂ᵗ) + ε.
/// </summary>
public sealed class Adam
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private readonly float[] _means;
    private readonly float[] _squares;
    private readonly double _epsilon;

    public Adam(int count, double epsilon)
        : this(new AdamState(0, new float[count], new float[count]), epsilon)
    {
    }

    public Adam(AdamState state, double epsilon)
    {
        _means = [.. state.Means];
        _squares = [.. state.Squares];
        _epsilon = epsilon;
        Steps = state.Steps;
    }

    /// <summary>Updates made.</summary>
    public long Steps { get; private set; }

    /// <summary>A copy of everything that decides the next update.</summary>
    public AdamState State => new(Steps, [.. _means], [.. _squares]);

    /// <summary>One update of the parameters, in place.</summary>
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        Steps++;
        var rate = (float)(learningRate / (1 - Math.Pow(Beta1, Steps)));
        var correction = (float)Math.Sqrt(1 - Math.Pow(Beta2, Steps));
        var epsilon = (float)_epsilon;
        for (var i = 0; i < parameters.Length; i++)
        {
            var slope = gradient[i];
            var mean = _means[i] + (slope - _means[i]) * (1 - Beta1);
            var square = _squares[i] * Beta2 + (1 - Beta2) * slope * slope;
            _means[i] = mean;
            _squares[i] = square;
            parameters[i] -= rate * mean / (MathF.Sqrt(square) / correction + epsilon);
        }
    }
}

/// <summary>The moments of an <see cref="Adam"/>; the arrays belong to the record.</summary>
public sealed record AdamState(long Steps, float[] Means, float[] Squares)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(Steps);
        StateCodec.Write(writer, Means);
        StateCodec.Write(writer, Squares);
    }

    public static AdamState Read(BinaryReader reader) =>
        new(reader.ReadInt64(), StateCodec.Read<float>(reader), StateCodec.Read<float>(reader));
}
