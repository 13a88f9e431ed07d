using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrainingCluster.Api.Documents;
using TrainingCluster.Api.Http;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Serialization;

namespace TrainingCluster.Api.Endpoints;

/// <summary>Runs: submit, list, show, follow, pause, resume, cancel, prioritise.</summary>
internal sealed class RunEndpoints(ApiSetup setup)
{
    private const int PageSize = 50;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/runs", ListAsync);
        routes.MapPost("/runs", SubmitAsync);
        routes.MapGet("/runs/{run}", ShowAsync);
        routes.MapPost("/runs/{run}/pause", context => DoAsync(context, run => new RunCommands.Pause(run)));
        routes.MapPost("/runs/{run}/resume", context => DoAsync(context, run => new RunCommands.Resume(run)));
        routes.MapPost("/runs/{run}/cancel", context => DoAsync(context, run => new RunCommands.Cancel(run)));
        routes.MapPut("/runs/{run}/priority", PrioritiseAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context, "pageSize");
        var size = Inputs.Number(context, "pageSize", PageSize, 1, ClusterClient.RunsListedMax);
        var runs = await setup.Client.ListAsync(size, context.RequestAborted);
        await ApiJson.WriteListAsync(context, [.. runs.Select(RunLineDocument.Of)]);
    }

    private async Task ShowAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        var run = await setup.Client.GetAsync(Inputs.Run(context), context.RequestAborted);
        await ApiJson.WriteAsync(context, RunDocument.Of(run));
    }

    private async Task SubmitAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        var origin = Origin.Of(context);
        using var body = await Inputs.BodyAsync(context);
        var (spec, priority) = Read(body.RootElement);
        if (!setup.Artifacts.Contains(spec.Data))
        {
            throw new ApiException(422, "unknown_data",
                $"the bars {spec.Data.Hex} are not in the store; put them there first: PUT /api/v1/artifacts/DIGEST");
        }

        var run = await setup.Client.SubmitAsync(spec, priority, origin, context.RequestAborted);
        context.Response.Headers.Location = $"/api/v1/runs/{run.Text}";
        await ApiJson.WriteAsync(context, new AcceptedDocument(run.Text, null), StatusCodes.Status202Accepted);
    }

    private static (Training.Jobs.RunSpec Spec, int Priority) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("spec", out var spec))
        {
            throw Inputs.Bad("invalid_body", "the body must be an object with the member spec, a run's specification");
        }

        if (body.EnumerateObject().Any(member => member.Name is not ("spec" or "priority")))
        {
            throw Inputs.Bad("invalid_body", "the body may hold the members spec and priority and no others");
        }

        try
        {
            return (RunSpecJson.Read(spec), PriorityOf(body, isRequired: false));
        }
        catch (JsonException refused)
        {
            throw new ApiException(422, Refusals.InvalidSpec, "the specification cannot be read")
            {
                Errors = [refused.Message],
            };
        }
    }

    private async Task PrioritiseAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        var (run, origin) = (Inputs.Run(context), Origin.Of(context));
        using var body = await Inputs.BodyAsync(context);
        var command = new RunCommands.Prioritise(run, PriorityOf(body.RootElement, isRequired: true))
        {
            Origin = origin,
        };
        await setup.Client.DoAsync(command, context.RequestAborted);
        await ApiJson.WriteAsync(context, new AcceptedDocument(run.Text, null));
    }

    private async Task DoAsync(HttpContext context, Func<RunId, RunCommand> make)
    {
        Inputs.OnlyQuery(context);
        Inputs.NoBody(context);
        var command = make(Inputs.Run(context)) with { Origin = Origin.Of(context) };
        var run = await setup.Client.DoAsync(command, context.RequestAborted);
        await ApiJson.WriteAsync(context, new AcceptedDocument(run.Text, null), StatusCodes.Status202Accepted);
    }

    private static int PriorityOf(JsonElement body, bool isRequired)
    {
        if (body.ValueKind == JsonValueKind.Object && body.TryGetProperty("priority", out var value))
        {
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var priority)
                ? priority
                : throw Inputs.Bad("invalid_body", "priority must be a whole number");
        }

        return isRequired
            ? throw Inputs.Bad("invalid_body", "the body must be an object with the member priority")
            : RunPriority.Normal;
    }
}
