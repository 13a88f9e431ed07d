namespace TrainingCluster.Training.Checkpoints;

/// <summary>
/// Keeps the last good state of running jobs. Safe for several threads as long as each key has one writer at
/// a time.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>Stores the content durably before it returns; the previous one stays until then.</summary>
    /// <param name="jobKey">1 to 128 of a–z, 0–9, '.', '-' and '_'.</param>
    void Save(string jobKey, ReadOnlyMemory<byte> content);

    /// <summary>The newest content that is whole, or null.</summary>
    ReadOnlyMemory<byte>? LoadLatest(string jobKey);

    /// <summary>Forgets the job.</summary>
    void Clear(string jobKey);
}
