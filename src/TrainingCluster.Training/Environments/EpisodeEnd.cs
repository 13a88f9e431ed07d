namespace TrainingCluster.Training.Environments;

/// <summary>Why an episode ended.</summary>
public enum EpisodeEnd : byte
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>By its own rules: nothing can be earned any more, the value after it is 0.</summary>
    Terminated,

    /// <summary>It was cut off: the value after it is that of its last observation.</summary>
    Truncated,
}
