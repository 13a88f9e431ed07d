using System.Globalization;
using Petabridge.Cmd.Host;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Node.Pbm;

/// <summary>Runs the palette <c>registry</c>.</summary>
internal sealed class RegistryCommandHandler : AskingHandler
{
    private const int CountMax = 1_000_000;

    private readonly ClusterClient _client;
    private readonly IArtifactStore _artifacts;

    public RegistryCommandHandler(ClusterClient client, IArtifactStore artifacts)
        : base(RegistryCommands.Definitions)
    {
        (_client, _artifacts) = (client, artifacts);
        Process("list", (command, arguments) => Answer(command, () => ListAsync(arguments)));
        Process("show", (command, arguments) => Answer(command, () => ShowAsync(arguments)));
        Process("verify", (command, arguments) => Answer(command, () => VerifyAsync(arguments)));
    }

    private async Task<IEnumerable<string>> ListAsync(CommandArguments arguments)
    {
        var versions = await VersionsAsync(
            arguments.Text("type"), arguments.Text("name"), arguments.Number("count", 1, CountMax))
            .ConfigureAwait(false);
        return versions.Select(version => $"{version.Id} | {version.Grade} | {version.RunId} | {version.Digest}")
            .Append($"Count: {versions.Count} versions");
    }

    private async Task<IEnumerable<string>> ShowAsync(CommandArguments arguments)
    {
        var version = await FindAsync(arguments.Version("version")).ConfigureAwait(false);
        return
        [
            $"id: {version.Id}",
            $"grade: {version.Grade.Text}",
            $"digest: {version.Digest}",
            $"run: {version.RunId}",
            $"job: {version.JobId}",
            $"created: {version.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}",
            .. version.Files.Select(file => string.Create(
                CultureInfo.InvariantCulture, $"file: {file.Role} | {file.Size} bytes | {file.Digest}")),
            .. version.Metrics.Select(metric => string.Create(
                CultureInfo.InvariantCulture, $"metric: {metric.Key} | {metric.Value:R}")),
        ];
    }

    private async Task<IEnumerable<string>> VerifyAsync(CommandArguments arguments)
    {
        var ids = arguments.Text("version") is null
            ? (await VersionsAsync(null, null, CountMax).ConfigureAwait(false)).Select(version => version.Id)
            : [arguments.Version("version")];
        var (files, damaged) = (0, new List<string>());
        foreach (var id in ids)
        {
            var version = await FindAsync(id).ConfigureAwait(false);
            foreach (var file in version.Files)
            {
                files++;
                if (Damage(file.Digest) is { } damage)
                {
                    damaged.Add($"{id} | {file.Role} | {damage}");
                }
            }
        }

        return damaged.Count == 0
            ? [$"{files} files are what was registered"]
            : throw new MistakenArgumentException(string.Join(
                '\n', damaged.Prepend($"{damaged.Count} of {files} files are not what was registered")));
    }

    // The exceptions' own texts name files of this machine.
    private string? Damage(MarketData.Content.Digest digest)
    {
        try
        {
            _artifacts.Get(digest);
            return null;
        }
        catch (ArtifactMissingException)
        {
            return $"{digest} is missing";
        }
        catch (ArtifactCorruptException corrupt)
        {
            return $"{digest} has the bytes of {corrupt.Actual}";
        }
    }

    private async Task<List<VersionLine>> VersionsAsync(
        string? type, string? name, int countMax)
    {
        var versions = new List<VersionLine>();
        while (versions.Count < countMax)
        {
            var page = await _client.VersionsAsync(
                type, name, versions.Count, Math.Min(countMax - versions.Count, ClusterClient.VersionsListedMax))
                .ConfigureAwait(false);
            versions.AddRange(page.Versions);
            if (page.Versions.IsEmpty || versions.Count >= page.Total)
            {
                break;
            }
        }

        return versions;
    }

    private async Task<ModelVersion> FindAsync(VersionId id) =>
        await _client.FindVersionAsync(id).ConfigureAwait(false)
        ?? throw new MistakenArgumentException(
            $"the version {id} is not registered; 'registry list' shows those that are");
}
