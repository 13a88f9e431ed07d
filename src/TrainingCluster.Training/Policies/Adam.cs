using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.Policies;

/// <summary>
/// Adam (Kingma, Ba 2015, arXiv:1412.6980, algorithm 1) over one flat vector, with the bias corrections
/// arranged as in PyTorch: step = lr / (1 − β₁ᵗ), denominator = √v / √(1 − β₂ᵗ) + ε.
/// </summary>
public sealed class Adam
{
    private const int Lanes = 8;
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
        var step = Begin(learningRate);
        Apply(step, 0, parameters, gradient);
    }

    /// <summary>Counts an update whose parts <see cref="Apply"/> then carries out.</summary>
    public AdamStep Begin(double learningRate)
    {
        Steps++;
        return new AdamStep(
            (float)(learningRate / (1 - Math.Pow(Beta1, Steps))),
            (float)Math.Sqrt(1 - Math.Pow(Beta2, Steps)),
            (float)_epsilon);
    }

    /// <summary>
    /// Updates some neighbouring parameters. Parts that do not overlap may be updated by several threads at once.
    /// </summary>
    /// <param name="first">Index of the first of them among all parameters.</param>
    /// <param name="parameters">Only these, in place.</param>
    /// <param name="gradient">Of these.</param>
    public void Apply(AdamStep step, int first, Span<float> parameters, ReadOnlySpan<float> gradient)
    {
        if (gradient.Length != parameters.Length || first < 0 || first + parameters.Length > _means.Length)
        {
            throw new ArgumentException(
                $"{gradient.Length} slopes for {parameters.Length} parameters from {first} on; the optimizer has "
                + $"{_means.Length}", nameof(gradient));
        }

        ref var mean = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_means), first);
        ref var square = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_squares), first);
        ref var parameter = ref MemoryMarshal.GetReference(parameters);
        ref var slope = ref MemoryMarshal.GetReference(gradient);
        var whole = parameters.Length - parameters.Length % Lanes;
        for (var i = 0; i < whole; i += Lanes)
        {
            Eight(step, ref Unsafe.Add(ref mean, i), ref Unsafe.Add(ref square, i), ref Unsafe.Add(ref parameter, i),
                ref Unsafe.Add(ref slope, i));
        }

        for (var i = whole; i < parameters.Length; i++)
        {
            One(step, ref Unsafe.Add(ref mean, i), ref Unsafe.Add(ref square, i), ref parameters[i], gradient[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(
        AdamStep step, ref float means, ref float squares, ref float parameters, ref float gradient)
    {
        var slope = Vector256.LoadUnsafe(ref gradient);
        var mean = Vector256.LoadUnsafe(ref means);
        mean += (slope - mean) * (1 - Beta1);
        var square = Vector256.LoadUnsafe(ref squares) * Beta2 + slope * (1 - Beta2) * slope;
        mean.StoreUnsafe(ref means);
        square.StoreUnsafe(ref squares);
        var length = Vector256.Sqrt(square) / Vector256.Create(step.Correction) + Vector256.Create(step.Epsilon);
        (Vector256.LoadUnsafe(ref parameters) - mean * step.Rate / length).StoreUnsafe(ref parameters);
    }

    private static void One(AdamStep step, ref float mean, ref float square, ref float parameter, float slope)
    {
        mean += (slope - mean) * (1 - Beta1);
        square = square * Beta2 + (1 - Beta2) * slope * slope;
        parameter -= step.Rate * mean / (MathF.Sqrt(square) / step.Correction + step.Epsilon);
    }
}

/// <summary>The numbers that all parts of one update share.</summary>
/// <param name="Rate">Learning rate over the first moment's bias correction.</param>
/// <param name="Correction">Root of the second moment's bias correction.</param>
public readonly record struct AdamStep(float Rate, float Correction, float Epsilon);

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
