using System.Collections.Immutable;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Node.Hosting;

/// <summary>
/// A node for as long as its process lives. Where the others have put somebody in its place, because it was frozen or
/// cut off for too long, it comes back as a new member.
/// </summary>
/// <param name="options">Of the node.</param>
/// <param name="services">What runs beside its actors, in the order of their start.</param>
/// <param name="say">Takes lines for people.</param>
public sealed class NodeProcess(
    ClusterNodeOptions options, ImmutableArray<INodeService> services, Action<string> say)
{
    private static readonly TimeSpan PauseBeforeReturn = TimeSpan.FromSeconds(1);

    /// <summary>Runs until it is told to stop, and leaves the cluster in order then.</summary>
    /// <returns>False where the node ended by itself.</returns>
    /// <exception cref="NodeRefusedException">The node may not join under its name.</exception>
    /// <exception cref="NoAnswerException">The store did not answer at the first start.</exception>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        if (await FirstAsync(stop).ConfigureAwait(false) is not { } node)
        {
            return true;
        }

        while (true)
        {
            var end = await ServeAsync(node, stop).ConfigureAwait(false);
            if (end != NodeEnd.Replaced || stop.IsCancellationRequested)
            {
                say($"node {node.Name} has left the cluster");
                return stop.IsCancellationRequested;
            }

            say($"node {node.Name} was out of reach for too long and others took over; it joins again");
            if (await ReturnAsync(stop).ConfigureAwait(false) is not { } next)
            {
                return true;
            }

            node = next;
        }
    }

    private async Task<ClusterNode?> FirstAsync(CancellationToken stop)
    {
        try
        {
            return await ClusterNode.StartAsync(options, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<ClusterNode?> ReturnAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(PauseBeforeReturn, options.TimeProvider, stop).ConfigureAwait(false);
                return await ClusterNode.StartAsync(options, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception late) when (late
                is NoAnswerException or NodeRefusedException or StoreRefusedException)
            {
                say($"the node is not back yet: {late.Message}");
            }
        }

        return null;
    }

    private async Task<NodeEnd> ServeAsync(ClusterNode node, CancellationToken stop)
    {
        var running = new Stack<IAsyncDisposable>();
        await using var own = node.ConfigureAwait(false);
        try
        {
            foreach (var service in services)
            {
                running.Push(await service.StartAsync(node, stop).ConfigureAwait(false));
            }

            say($"{node} is up");
            await node.Ended.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            say($"node {node.Name} checkpoints its jobs and leaves");
        }
        finally
        {
            while (running.TryPop(out var service))
            {
                await service.DisposeAsync().ConfigureAwait(false);
            }
        }

        await node.StopAsync().ConfigureAwait(false);
        return await node.Ended.ConfigureAwait(false);
    }
}
