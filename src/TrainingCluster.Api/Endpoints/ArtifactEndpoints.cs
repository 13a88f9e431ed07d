using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using TrainingCluster.Api.Http;
using TrainingCluster.Cluster.Data;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Artifacts;

namespace TrainingCluster.Api.Endpoints;

/// <summary>Bars go in here before the run that names them; what is stored can be asked for and read.</summary>
internal sealed class ArtifactEndpoints(ApiSetup setup)
{
    private const string Bytes = "application/octet-stream";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/artifacts/{digest}", [HttpMethods.Head], HeadAsync);
        routes.MapGet("/artifacts/{digest}", GetAsync);
        routes.MapPut("/artifacts/{digest}", PutAsync);
    }

    private Task HeadAsync(HttpContext context)
    {
        context.Response.StatusCode = setup.Artifacts.Contains(Inputs.Digest(context)) ? 200 : 404;
        return Task.CompletedTask;
    }

    private async Task GetAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        var digest = Inputs.Digest(context);
        if (!setup.Artifacts.Contains(digest))
        {
            throw new ApiException(404, "unknown_artifact", $"the artifact {digest.Hex} is not in the store");
        }

        var content = setup.Artifacts.Get(digest);
        context.Response.ContentType = Bytes;
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private async Task PutAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        var digest = Inputs.Digest(context);
        if (context.Request.ContentType != Bytes)
        {
            throw new ApiException(415, "unsupported_media_type", $"the content type must be {Bytes}");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = setup.Options.UploadBytesMax;
        }

        var content = await ReadAsync(context);
        if (Digest.Of(content.Span) != digest)
        {
            throw new ApiException(422, "digest_mismatch",
                $"the {content.Length} bytes have the sha-256 {Digest.Of(content.Span).Hex}, not the one in the "
                + "address");
        }

        try
        {
            BarPanelArtifact.Check(setup.Artifacts, content, digest);
        }
        catch (Exception refused) when (refused is BarArtifactException or ArgumentException or OverflowException
            or ArtifactMissingException)
        {
            throw new ApiException(422, "not_bars", "the bytes are no bars, or a list of bars that are not in the "
                + "store; put the bars of each symbol first");
        }

        var isNew = !setup.Artifacts.Contains(digest);
        setup.Artifacts.Put(content);
        context.Response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status204NoContent;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.BodyReader.CopyToAsync(buffer, context.RequestAborted);
        return buffer.ToArray();
    }
}
