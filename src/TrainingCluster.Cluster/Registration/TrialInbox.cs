using System.Text.Json;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Registry.Rules;

namespace TrainingCluster.Cluster.Registration;

/// <summary>
/// Trials that a process without a cluster scored: one file each, named by the sha-256 of its content, until the
/// registry has it in its journal. Any number of processes may put trials in, also while a node runs; the same trial
/// is kept once.
/// </summary>
/// <param name="folder">Made on the first <see cref="Put"/>.</param>
public sealed class TrialInbox(string folder)
{
    private readonly DirectoryArtifactStore _files = new(folder);

    /// <summary>Durable when it returns.</summary>
    public void Put(TrialCounted trial) => _files.Put(WireContracts.Write(trial));

    /// <summary>In the order of their names.</summary>
    /// <exception cref="JournalCorruptException">A file is not what was written.</exception>
    public ImmutableArray<PendingTrial> List()
    {
        var root = Path.Combine(folder, "sha256");
        if (!Directory.Exists(root))
        {
            return [];
        }

        return
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(Read)
                .OfType<PendingTrial>(),
        ];
    }

    /// <summary>Takes one out; to be called once the journal has it. Taking it out again does no harm.</summary>
    public void Remove(PendingTrial pending)
    {
        try
        {
            File.Delete(_files.PathOf(pending.File));
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    /// <summary>Null where another process has taken it out meanwhile.</summary>
    private PendingTrial? Read(string path)
    {
        if (!Digest.TryParse(Path.GetFileName(path), out var digest))
        {
            throw Corrupt(path, "its name is no sha-256", null);
        }

        try
        {
            return new PendingTrial(digest, (TrialCounted)WireContracts.Read(
                _files.Get(digest).Span, WireContracts.NameOf(typeof(TrialCounted))));
        }
        catch (ArtifactMissingException)
        {
            return null;
        }
        catch (Exception broken) when (broken is ArtifactCorruptException or JsonException)
        {
            throw Corrupt(path, "its bytes are not what was written", broken);
        }
    }

    private static JournalCorruptException Corrupt(string path, string reason, Exception? inner) =>
        new(path, PersistenceIds.Registry, 0, reason, inner);
}

/// <summary>A trial that the journal may not have yet.</summary>
/// <param name="File">Its name in the inbox.</param>
public sealed record PendingTrial(Digest File, TrialCounted Trial);
