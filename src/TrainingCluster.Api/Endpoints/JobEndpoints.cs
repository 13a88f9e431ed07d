using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrainingCluster.Api.Documents;
using TrainingCluster.Api.Http;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Api.Endpoints;

/// <summary>Jobs of a run: list, show, explain, log, and what may be done with one.</summary>
internal sealed class JobEndpoints(ApiSetup setup)
{
    private const int LinesMax = 2_000;
    private const int LinesStandard = 200;

    private static readonly (string Word, JobAction Action)[] Actions =
        [.. Enum.GetValues<JobAction>().Select(action => (action.ToString().ToLowerInvariant(), action))];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/runs/{run}/jobs", ListAsync);
        routes.MapGet("/runs/{run}/jobs/{type}/{name}", ShowAsync);
        routes.MapGet("/runs/{run}/jobs/{type}/{name}/explanation", ExplainAsync);
        routes.MapGet("/runs/{run}/jobs/{type}/{name}/logs", LogsAsync);
        foreach (var (word, action) in Actions)
        {
            routes.MapPost($"/runs/{{run}}/jobs/{{type}}/{{name}}/{word}", context => DoAsync(context, action));
        }
    }

    private async Task ListAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        var run = await setup.Client.GetAsync(Inputs.Run(context), context.RequestAborted);
        await ApiJson.WriteListAsync(context, [.. run.Jobs.Select(JobDocument.Of)]);
    }

    private async Task ShowAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        await ApiJson.WriteAsync(context, JobDocument.Of(await FindAsync(context)));
    }

    private async Task ExplainAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        var explained = await setup.Client.ExplainAsync(
            Inputs.Run(context), Inputs.Job(context), context.RequestAborted);
        await ApiJson.WriteAsync(context, ExplanationDocument.Of(explained));
    }

    private async Task LogsAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context, "lines");
        var lines = Inputs.Number(context, "lines", LinesStandard, 1, LinesMax);
        var (run, job) = (Inputs.Run(context), await FindAsync(context));
        await ApiJson.WriteAsync(
            context, new LogDocument(run.Text, job.Id, setup.Logs?.Read(run.Text, job.Id, lines) ?? []));
    }

    private async Task DoAsync(HttpContext context, JobAction action)
    {
        Inputs.OnlyQuery(context);
        Inputs.NoBody(context);
        var command = new RunCommands.OfJob(Inputs.Run(context), Inputs.Job(context), action)
        {
            Origin = Origin.Of(context),
        };
        await setup.Client.DoAsync(command, context.RequestAborted);
        await ApiJson.WriteAsync(
            context, new AcceptedDocument(command.Run.Text, command.Job), StatusCodes.Status202Accepted);
    }

    private async Task<JobSummary> FindAsync(HttpContext context)
    {
        var (run, job) = (Inputs.Run(context), Inputs.Job(context));
        var summary = await setup.Client.GetAsync(run, context.RequestAborted);
        return summary.Jobs.FirstOrDefault(known => known.Id == job)
            ?? throw new ApiException(404, Refusals.UnknownJob, $"the run {run} has no job '{job}'");
    }
}
