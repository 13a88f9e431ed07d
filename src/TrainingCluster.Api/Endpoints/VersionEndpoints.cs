using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrainingCluster.Api.Documents;
using TrainingCluster.Api.Http;
using TrainingCluster.Api.Telemetry;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Api.Endpoints;

/// <summary>Registered versions: list, show, verify.</summary>
internal sealed class VersionEndpoints(ApiSetup setup, ClusterMeter figures)
{
    private const int PageSize = 50;
    private const int TokenMax = 100_000_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/versions", ListAsync);
        routes.MapGet("/versions/{type}/{name}/{version}", ShowAsync);
        routes.MapGet("/versions/{type}/{name}/{version}/integrity", VerifyAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context, "type", "name", "pageSize", "pageToken");
        var size = Inputs.Number(context, "pageSize", PageSize, 1, ClusterClient.VersionsListedMax);
        var skip = Inputs.Number(context, "pageToken", 0, 0, TokenMax);
        var listed = await setup.Client.VersionsAsync(
            Inputs.Word(context, "type"), Inputs.Word(context, "name"), skip, size, context.RequestAborted);
        var next = skip + listed.Versions.Length;
        await ApiJson.WriteListAsync(
            context,
            [.. listed.Versions.Select(VersionLineDocument.Of)],
            next < listed.Total ? next.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    private async Task ShowAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        await ApiJson.WriteAsync(context, VersionDocument.Of(await FindAsync(context)));
    }

    private async Task VerifyAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        var version = await FindAsync(context);
        FileIntegrityDocument[] files =
        [
            .. version.Files.Select(file => new FileIntegrityDocument(file.Role, file.Digest.Hex, StatusOf(file))),
        ];
        foreach (var file in files.Where(file => file.Status != "ok"))
        {
            figures.CountVerifyFailure(file.Status);
        }

        await ApiJson.WriteAsync(context, new IntegrityDocument(
            version.Id.ToString(), files.All(file => file.Status == "ok"), files));
    }

    private string StatusOf(ArtifactFile file)
    {
        try
        {
            return setup.Artifacts.Get(file.Digest).Length == file.Size ? "ok" : "corrupt";
        }
        catch (ArtifactMissingException)
        {
            return "missing";
        }
        catch (ArtifactCorruptException)
        {
            return "corrupt";
        }
    }

    private async Task<ModelVersion> FindAsync(HttpContext context)
    {
        var id = Inputs.Version(context);
        return await setup.Client.FindVersionAsync(id, context.RequestAborted)
            ?? throw new ApiException(404, "unknown_version", $"the version {id} is not registered");
    }
}
