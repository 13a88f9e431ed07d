namespace TrainingCluster.Models.Artifacts;

/// <summary>Bytes are no artifact, or not the artifact that a model needs.</summary>
public sealed class ArtifactFormatException(string message, Exception? inner = null)
    : Exception("this is no usable artifact: " + message, inner);
