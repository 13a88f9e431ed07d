namespace TrainingCluster.Models.Numerics;

/// <summary>libtorch, or the shim over it, cannot be loaded.</summary>
public sealed class TensorEngineMissingException(string detail, Exception? inner = null)
    : Exception("the tensor engine cannot be loaded: " + detail
        + "\n  install it with: apt-get install libtorch-dev "
        + "libopenblas0-pthread\n  or point LIBTORCH at another libtorch and build again", inner);
