using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace TrainingCluster.Api.Http;

/// <summary>How answers look as JSON.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static async Task WriteAsync<T>(HttpContext context, T document, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(document, Options), context.RequestAborted);
    }

    /// <summary>Lists are objects, so that members can be added beside the items.</summary>
    public static Task WriteListAsync<T>(
        HttpContext context, IReadOnlyList<T> items, string? nextPageToken = null) =>
        WriteAsync(context, new ItemList<T>(items, nextPageToken));

    private sealed record ItemList<T>(IReadOnlyList<T> Items, string? NextPageToken);
}
