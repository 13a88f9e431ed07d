namespace TrainingCluster.Cluster.Reading;

/// <summary>An event in the journal is not what was written.</summary>
/// <param name="file">The journal's file.</param>
/// <param name="sequenceNumber">Of the first bad event; 0 if the file as a whole cannot be read.</param>
/// <param name="reason">What is wrong with it.</param>
public sealed class JournalCorruptException(
    string file, string persistenceId, long sequenceNumber, string reason, Exception? inner = null)
    : Exception(
        $"the journal {file} is corrupt at {persistenceId}, sequence number {sequenceNumber}: {reason}; "
            + "restore the state directory from a backup, or start with a fresh one",
        inner)
{
    public string File { get; } = file;

    public string PersistenceId { get; } = persistenceId;

    public long SequenceNumber { get; } = sequenceNumber;
}
