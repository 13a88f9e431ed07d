using TrainingCluster.Cluster.Reading;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Artifacts;

namespace TrainingCluster.Cluster.Stores;

/// <summary>
/// Whether a state directory is whole: every event of its journal follows from those before it, and every artifact that
/// a version, a run's bars or a job's result names is there with the bytes that its sha-256 says.
/// </summary>
public static class StoreCheck
{
    /// <exception cref="JournalCorruptException">The journal itself cannot be read.</exception>
    public static StoreReport Run(StateReader state)
    {
        state.Verify();
        var (registry, ledger) = (state.Registry(), state.Ledger());
        var wanted = new SortedDictionary<string, (Digest Digest, string For)>(StringComparer.Ordinal);
        void Want(Digest digest, string whom) => wanted.TryAdd(digest.Hex, (digest, whom));
        foreach (var version in registry.Versions.Values)
        {
            foreach (var file in version.Files)
            {
                Want(file.Digest, $"{file.Role} of {version.Id}");
            }
        }

        foreach (var run in ledger.Runs.Values)
        {
            Want(run.Spec.Data, $"the bars of {run.Id}");
            foreach (var job in run.Jobs.Where(job => job.Result is not null))
            {
                foreach (var file in job.Result!.Files)
                {
                    Want(file.Digest, $"{file.Role} of {job.Id} in {run.Id}");
                }
            }
        }

        var problems = ImmutableArray.CreateBuilder<StoreProblem>();
        var bytes = 0L;
        foreach (var (digest, whom) in wanted.Values)
        {
            bytes += Look(state.Artifacts, digest, whom, problems);
        }

        var (left, leftBytes) = LeftOver(state.Directory.ArtifactsPath, wanted.Keys);
        return new StoreReport(
            registry.EventCount, registry.Versions.Count, ledger.Runs.Count, wanted.Count, bytes, left, leftBytes,
            problems.ToImmutable());
    }

    private static long Look(
        IArtifactStore artifacts, Digest digest, string whom, ImmutableArray<StoreProblem>.Builder problems)
    {
        try
        {
            return artifacts.Get(digest).Length;
        }
        catch (ArtifactMissingException)
        {
            problems.Add(new StoreProblem("missing", digest.Hex, whom));
        }
        catch (ArtifactCorruptException)
        {
            problems.Add(new StoreProblem("corrupt", digest.Hex, whom));
        }

        return 0;
    }

    // Bars of several symbols are named by a manifest, so some of these may be theirs: nothing is ever deleted for it.
    private static (int Count, long Bytes) LeftOver(string root, ICollection<string> wanted)
    {
        var folder = Path.Combine(root, "sha256");
        if (!Directory.Exists(folder))
        {
            return (0, 0);
        }

        var left = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !wanted.Contains(file.Name)).ToArray();
        return (left.Length, left.Sum(file => file.Length));
    }
}

/// <summary>What was found in a store.</summary>
/// <param name="Events">Of the registry.</param>
/// <param name="Artifacts">Named by versions and runs, each looked at byte by byte.</param>
/// <param name="LeftOver">Artifacts that none of them names directly, such as bars of a panel's symbols.</param>
public sealed record StoreReport(
    long Events,
    int Versions,
    int Runs,
    int Artifacts,
    long ArtifactBytes,
    int LeftOver,
    long LeftOverBytes,
    ImmutableArray<StoreProblem> Problems)
{
    public bool IsWhole => Problems.IsEmpty;
}

/// <summary>An artifact that is not what it should be.</summary>
/// <param name="Kind"><c>missing</c> or <c>corrupt</c>.</param>
/// <param name="Whom">What it is needed for.</param>
public sealed record StoreProblem(string Kind, string Sha256, string Whom);
