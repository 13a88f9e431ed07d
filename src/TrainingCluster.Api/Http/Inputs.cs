using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Api.Http;

/// <summary>Reads what strangers send: each value is of the form it must have, or the request ends here.</summary>
internal static class Inputs
{
    private const int DepthMax = 32;

    private static readonly JsonDocumentOptions Documents = new() { MaxDepth = DepthMax };

    public static RunId Run(HttpContext context) => RunId.TryParse(Route(context, "run"), out var run)
        ? run
        : throw Bad("invalid_id", "the run's id must look like v_20241127_143022");

    /// <summary>A job's id has two parts, type and name.</summary>
    public static string Job(HttpContext context) =>
        ModelName.TryParse($"{Route(context, "type")}/{Route(context, "name")}", out var job)
            ? job.ToString()
            : throw Bad("invalid_id", $"the job's id must be type/name, each {ModelName.Grammar}");

    public static VersionId Version(HttpContext context) => VersionId.TryParse(
        $"{Route(context, "type")}/{Route(context, "name")}@{Route(context, "version")}", out var version)
            ? version
            : throw Bad("invalid_id", "the version's id must be type/name/1.2.3");

    public static Digest Digest(HttpContext context) =>
        MarketData.Content.Digest.TryParse(Route(context, "digest"), out var digest)
            ? digest
            : throw Bad("invalid_id", "the digest must be 64 lower-case hexadecimal digits");

    /// <summary>The name of the request, without which it may not be repeated.</summary>
    public static string CommandId(HttpContext context)
    {
        var keys = context.Request.Headers["Idempotency-Key"];
        return keys.Count == 1 && CommandOrigin.IsId(keys[0])
            ? keys[0]!
            : throw Bad("idempotency_key", "the header Idempotency-Key must be there once, with 1 to "
                + $"{CommandOrigin.IdLengthMax} printable ASCII characters of your choice");
    }

    /// <summary>A number of the query.</summary>
    public static int Number(HttpContext context, string name, int standard, int least, int most)
    {
        var values = context.Request.Query[name];
        if (values.Count == 0)
        {
            return standard;
        }

        return values.Count == 1
            && int.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
                ? number
                : throw Bad("out_of_range", $"{name} must be a number from {least} to {most}, given once");
    }

    /// <summary>A word of the query that is part of a model's name, or null.</summary>
    public static string? Word(HttpContext context, string name)
    {
        var values = context.Request.Query[name];
        return values.Count == 0 ? null
            : values.Count == 1 && ModelName.TryParse($"{values[0]}/x", out _) ? values[0]
            : throw Bad("invalid_id", $"{name} must match {ModelName.Grammar}, given once");
    }

    /// <summary>Questions may only hold what is known, so that a misspelt filter does not let all through.</summary>
    public static void OnlyQuery(HttpContext context, params ReadOnlySpan<string> names)
    {
        foreach (var name in context.Request.Query.Keys)
        {
            if (!names.Contains(name))
            {
                throw Bad("unknown_parameter", names.Length == 0
                    ? "this address takes no parameters"
                    : "the address has a parameter that it does not know; it knows "
                        + string.Join(", ", names.ToArray()));
            }
        }
    }

    /// <summary>The body as JSON.</summary>
    public static async Task<JsonDocument> BodyAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ApiException(415, "unsupported_media_type", "the content type must be application/json");
        }

        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body, Documents, context.RequestAborted);
        }
        catch (JsonException broken)
        {
            throw Bad("invalid_json", $"the body is no JSON: line {broken.LineNumber + 1}, byte "
                + $"{broken.BytePositionInLine}; it may be {DepthMax} deep");
        }
    }

    /// <summary>Nothing may stand in the body where nothing is read.</summary>
    public static void NoBody(HttpContext context)
    {
        if (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            throw Bad("unexpected_body", "this request takes no body");
        }
    }

    public static ApiException Bad(string code, string detail) => new(400, code, detail);

    private static string? Route(HttpContext context, string name) => context.Request.RouteValues[name] as string;
}
