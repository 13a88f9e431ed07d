using System.Globalization;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Training.Checkpoints;

namespace TrainingCluster.Cluster.Workers;

/// <summary>
/// One attempt's part of the checkpoints. Learners name theirs by what they compute, so two runs of one
/// specification would write over each other's; and a node that was given up for lost may still write while the
/// next attempt does. So each attempt writes its own, and reads the newest that it or an earlier one left.
/// </summary>
internal sealed class RunCheckpoints(ICheckpointStore store, JobAttempt attempt) : ICheckpointStore
{
    public void Save(string jobKey, ReadOnlyMemory<byte> content) =>
        store.Save(Key(jobKey, attempt.Number), content);

    public ReadOnlyMemory<byte>? LoadLatest(string jobKey)
    {
        for (var number = attempt.Number; number > 0; number--)
        {
            if (store.LoadLatest(Key(jobKey, number)) is { } content)
            {
                return content;
            }
        }

        return null;
    }

    public void Clear(string jobKey)
    {
        for (var number = attempt.Number; number > 0; number--)
        {
            store.Clear(Key(jobKey, number));
        }
    }

    private string Key(string jobKey, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{attempt.Run}-{jobKey}-{number}");
}
