using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Api.Endpoints;

/// <summary>
/// Whether the process lives, has started, and can answer. For whoever runs it; needs no token and tells nothing else.
/// </summary>
internal sealed class HealthEndpoints(ApiSetup setup)
{
    public static readonly string[] Paths = ["/livez", "/readyz", "/startupz"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", context => WriteAsync(context, []));
        routes.MapGet("/startupz", async context => await WriteAsync(context, [.. Member()]));
        routes.MapGet("/readyz", ReadyAsync);
    }

    private async Task ReadyAsync(HttpContext context)
    {
        var faults = new List<string>(Member());
        if (faults.Count == 0)
        {
            var coordinator = AnswersAsync("coordinator", setup.Client.CoordinatorAsync, context);
            var registry = AnswersAsync("registry", setup.Client.RegistryAsync, context);
            faults.AddRange(await coordinator);
            faults.AddRange(await registry);
        }

        await WriteAsync(context, faults);
    }

    private IEnumerable<string> Member() =>
        setup.Client.Members.Any(member => member is { Status: "up", IsUnreachable: false })
            ? []
            : ["cluster: this node has not joined"];

    private static async Task<string[]> AnswersAsync<T>(
        string what, Func<CancellationToken, Task<T>> ask, HttpContext context)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            await ask(patience.Token);
            return [];
        }
        catch (Exception silent) when (silent is OperationCanceledException or NoAnswerException)
        {
            return [$"{what}: no answer"];
        }
    }

    private static async Task WriteAsync(HttpContext context, IReadOnlyList<string> faults)
    {
        context.Response.StatusCode =
            faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(
            (faults.Count == 0 ? "ok" : string.Join('\n', faults)) + "\n", context.RequestAborted);
    }
}
