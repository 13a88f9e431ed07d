using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cluster.Jobs;

/// <summary>One attempt at one job: the identity of its trainer and of its worker.</summary>
/// <param name="Number">From 1; each time the coordinator gives the job to a node it is one more.</param>
public sealed record JobAttempt(RunId Run, string Job, int Number)
{
    /// <summary>The trainer's entity id.</summary>
    public string EntityId => $"{Run}:{Job}@{Number}";

    public override string ToString() => EntityId;
}

/// <summary>A message about one attempt under one fencing number.</summary>
public interface IAboutAttempt : Serialization.IWireMessage
{
    JobAttempt Attempt { get; }

    /// <summary>The coordinator's fencing number that the sender knows.</summary>
    long Fence { get; }
}
