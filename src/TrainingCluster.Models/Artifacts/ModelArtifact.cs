namespace TrainingCluster.Models.Artifacts;

/// <summary>
/// A model as bytes: a safetensors file, which is a header length, a JSON header and raw tensors. Written so
/// that equal content gives equal bytes: names in ordinal order, data ordered by element size and name (which
/// also aligns it), no clock.
/// </summary>
/// <remarks>Format: safetensors 0.4, https://github.com/huggingface/safetensors, section "Format".</remarks>
public sealed class ModelArtifact
{
    /// <param name="kind">What it is: "cnn_lstm", "cnn_lstm.oof", "ppo", "hybrid".</param>
    /// <param name="configJson">All that is not a tensor, as JSON; its reader checks it.</param>
    /// <param name="tensors">By name; names are unique and not "__metadata__".</param>
    public ModelArtifact(
        string kind, string configJson, IEnumerable<KeyValuePair<string, ArtifactTensor>> tensors)
    {
        Kind = kind;
        ConfigJson = configJson;
        Tensors = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, tensors);
    }

    public string Kind { get; }

    public string ConfigJson { get; }

    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyDictionary<string, ArtifactTensor> Tensors { get; }

    /// <summary>The named tensor, after its type and shape were compared.</summary>
    /// <exception cref="ArtifactFormatException">It is absent or of another type or shape.</exception>
    public ArtifactTensor Tensor(string name, string dtype, params ReadOnlySpan<long> shape)
    {
        if (!Tensors.TryGetValue(name, out var tensor))
        {
            throw new ArtifactFormatException(
                $"tensor '{name}' is absent; there are: {string.Join(", ", Tensors.Keys)}");
        }

        return tensor.DType == dtype && tensor.Shape.AsSpan().SequenceEqual(shape)
            ? tensor
            : throw new ArtifactFormatException(
                $"tensor '{name}' is {tensor.DType} [{string.Join(", ", tensor.Shape)}]; "
                + $"this model needs {dtype} [{string.Join(", ", shape.ToArray())}]");
    }

    /// <exception cref="ArtifactFormatException">The artifact is of another kind.</exception>
    public ModelArtifact OfKind(string kind) => Kind == kind
        ? this
        : throw new ArtifactFormatException($"it is a '{Kind}'; a '{kind}' is needed here");

    public byte[] ToBytes() => SafeTensors.Write(this);

    /// <exception cref="ArtifactFormatException">Anything is off: sizes, names, types, offsets, gaps,
    /// trailing bytes.</exception>
    public static ModelArtifact Parse(ReadOnlyMemory<byte> bytes) => SafeTensors.Read(bytes);
}
