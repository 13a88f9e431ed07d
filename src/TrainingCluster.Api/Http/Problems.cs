using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Api.Http;

/// <summary>Refusals as problem documents (RFC 9457).</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    private const int RetryAfterSeconds = 2;

    /// <summary>What an exception means to whoever asked. Of what nobody expected nothing is told.</summary>
    public static ApiException Of(Exception exception) => exception switch
    {
        ApiException known => known,
        RequestRefusedException refused => new ApiException(StatusOf(refused.Code), refused.Code, refused.Message)
        {
            IsRetryable = refused.Code == Refusals.ClusterFull,
        },
        RunSpecException spec => new ApiException(422, Refusals.InvalidSpec, "the run cannot start")
        {
            Errors = spec.Violations,
        },
        NoAnswerException => new ApiException(503, "no_answer", "the cluster does not answer right now; a command may "
            + "have been taken in: send it again with the same Idempotency-Key")
        {
            IsRetryable = true,
        },
        ArtifactMissingException missing =>
            new ApiException(422, "unknown_data", $"the artifact {missing.Digest} is not in the store"),
        ArtifactCorruptException corrupt =>
            new ApiException(500, "artifact_corrupt", $"the artifact {corrupt.Digest} is corrupt in the store"),
        BadHttpRequestException bad => new ApiException(
            bad.StatusCode, CodeOf(bad.StatusCode),
            $"the request cannot be read: {ReasonPhrases.GetReasonPhrase(bad.StatusCode)}"),
        IOException or UnauthorizedAccessException => new ApiException(
            507, "storage_failed", "the store could not be written to or read from; the node's log says why"),
        _ => new ApiException(500, "internal", "something nobody expected happened; the node's log says what"),
    };

    public static async Task WriteAsync(HttpContext context, ApiException problem)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.Clear();
        response.StatusCode = problem.Status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (problem.IsRetryable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(
                JsonSerializer.SerializeToUtf8Bytes(Document(context, problem), ApiJson.Options),
                context.RequestAborted);
        }
    }

    /// <summary>The code of a refusal that only has a status.</summary>
    public static string CodeOf(int status) => status switch
    {
        400 => "bad_request",
        401 => "unauthorized",
        404 => "not_found",
        405 => "method_not_allowed",
        408 => "too_slow",
        413 => "too_large",
        415 => "unsupported_media_type",
        _ => "refused",
    };

    private static ProblemDocument Document(HttpContext context, ApiException problem) => new(
        $"urn:trainctl:problem:{problem.Code}",
        ReasonPhrases.GetReasonPhrase(problem.Status),
        problem.Status,
        problem.Message,
        problem.Code,
        context.TraceIdentifier,
        problem.IsRetryable,
        [.. problem.Errors]);

    private static int StatusOf(string code) => code switch
    {
        Refusals.UnknownRun or Refusals.UnknownJob => 404,
        Refusals.AlreadyEnded or Refusals.WrongState => 409,
        Refusals.CommandIdReused or Refusals.InvalidSpec or Refusals.OutOfRange or "unknown_version" => 422,
        Refusals.RunTooLarge => 413,
        Refusals.ClusterFull => 429,
        _ => 400,
    };
}

/// <summary>A problem as it is sent.</summary>
/// <param name="Type">A name, not an address.</param>
/// <param name="Errors">Every violation where there are several.</param>
internal sealed record ProblemDocument(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string TraceId,
    bool Retryable,
    IReadOnlyList<string> Errors);
