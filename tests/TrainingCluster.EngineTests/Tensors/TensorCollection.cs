namespace TrainingCluster.EngineTests.Tensors;

/// <summary>
/// Specs that count live tensors or seed libtorch's one generator must not run beside each other.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TensorCollection
{
    public const string Name = "tensors";
}
