using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrainingCluster.Api.Documents;
using TrainingCluster.Api.Http;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Api.Endpoints;

/// <summary>The cluster: who holds what, nodes and slots, and who did what.</summary>
internal sealed class ClusterEndpoints(ApiSetup setup)
{
    private const int CommandsStandard = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cluster", ClusterAsync);
        routes.MapGet("/nodes", NodesAsync);
        routes.MapGet("/commands", CommandsAsync);
    }

    private async Task ClusterAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        var coordinator = TimedAsync(setup.Client.CoordinatorAsync, context);
        var registry = TimedAsync(setup.Client.RegistryAsync, context);
        var (status, statusTook) = await coordinator;
        var (versions, versionsTook) = await registry;
        await ApiJson.WriteAsync(context, new ClusterDocument(
            setup.Version,
            status is null ? null : CoordinatorDocument.Of(status, statusTook),
            versions is null
                ? null
                : new RegistryDocument(versions.Node, versions.Events, versions.Versions, versionsTook.TotalSeconds),
            NodeDocument.Of(setup.Client.Members, status?.Nodes ?? [])));
    }

    private async Task NodesAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        var (status, _) = await TimedAsync(setup.Client.CoordinatorAsync, context);
        await ApiJson.WriteListAsync(context, NodeDocument.Of(setup.Client.Members, status?.Nodes ?? []));
    }

    private async Task CommandsAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context, "pageSize");
        var size = Inputs.Number(context, "pageSize", CommandsStandard, 1, ClusterClient.CommandsListedMax);
        var commands = await setup.Client.CommandsAsync(size, context.RequestAborted);
        await ApiJson.WriteListAsync(context, [.. commands.Select(CommandDocument.Of)]);
    }

    // A cluster whose singletons are on the move still has nodes to show.
    private async Task<(T? Answer, TimeSpan Took)> TimedAsync<T>(
        Func<CancellationToken, Task<T>> ask, HttpContext context)
        where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        var begun = setup.Clock.GetTimestamp();
        try
        {
            return (await ask(patience.Token), setup.Clock.GetElapsedTime(begun));
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return (null, setup.Clock.GetElapsedTime(begun));
        }
        catch (NoAnswerException)
        {
            return (null, setup.Clock.GetElapsedTime(begun));
        }
    }
}
