using TrainingCluster.Cluster.Runs;
using TrainingCluster.Training.Checkpoints;

namespace TrainingCluster.Cluster.Workers;

/// <summary>
/// One run's part of the checkpoints. Learners name theirs by what they compute, so two runs of one
/// specification would write over each other's.
/// </summary>
internal sealed class RunCheckpoints(ICheckpointStore store, RunId run) : ICheckpointStore
{
    public void Save(string jobKey, ReadOnlyMemory<byte> content) => store.Save(Key(jobKey), content);

    public ReadOnlyMemory<byte>? LoadLatest(string jobKey) => store.LoadLatest(Key(jobKey));

    public void Clear(string jobKey) => store.Clear(Key(jobKey));

    private string Key(string jobKey) => $"{run}-{jobKey}";
}
