using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrainingCluster.Api.Documents;
using TrainingCluster.Api.Http;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Api.Endpoints;

/// <summary>
/// What happens to a run as server-sent events: <c>snapshot</c> with the whole run first and whenever news may have
/// been missed, then <c>run</c>, <c>job</c> and <c>progress</c>, and <c>end</c> with the whole run when it has ended.
/// News can be missed and state cannot: the run is looked at again whenever the stream is quiet.
/// </summary>
internal sealed class EventEndpoints(ApiSetup setup, CancellationToken stopping)
{
    private const int Waiting = 512;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/runs/{run}/events", FollowAsync);
        routes.MapGet("/events", FollowAllAsync);
    }

    // Only news: there is no state of all runs to begin with, and no end.
    private async Task FollowAllAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        var channel = Channel.CreateBounded<RunNews>(
            new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        using var listening = setup.Client.Listen(news => channel.Writer.TryWrite(news));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            while (true)
            {
                await context.Response.Body.WriteAsync(": listening\n\n"u8.ToArray(), over.Token);
                await context.Response.Body.FlushAsync(over.Token);
                await DrainAsync(context, channel.Reader, over.Token);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
        }
    }

    private async Task FollowAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        var id = Inputs.Run(context);
        var lost = 0;
        var channel = Channel.CreateBounded<RunNews>(
            new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Exchange(ref lost, 1));
        using var listening = setup.Client.Listen(news =>
        {
            if (news.Run == id)
            {
                channel.Writer.TryWrite(news);
            }
        });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var run = await setup.Client.GetAsync(id, over.Token);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await SendAsync(context, "snapshot", RunDocument.Of(run), over.Token);
            while (!(run.Status.HasEnded() && run.IsStill))
            {
                var mayHaveEnded = await DrainAsync(context, channel.Reader, over.Token);
                if (mayHaveEnded || Interlocked.Exchange(ref lost, 0) == 1)
                {
                    run = await setup.Client.GetAsync(id, over.Token);
                    await SendAsync(context, "snapshot", RunDocument.Of(run), over.Token);
                }
            }

            await SendAsync(context, "end", RunDocument.Of(run), over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Whoever listened is gone, or this node is leaving: the next one is asked with the same address.
        }
    }

    /// <returns>Whether the run should be looked at: it was quiet, or something ended.</returns>
    private async Task<bool> DrainAsync(HttpContext context, ChannelReader<RunNews> news, CancellationToken over)
    {
        try
        {
            await news.WaitToReadAsync(over).AsTask().WaitAsync(Quiet, setup.Clock, over);
        }
        catch (TimeoutException)
        {
            return true;
        }

        var isTurn = false;
        while (news.TryRead(out var next))
        {
            isTurn |= next is RunChanged;
            await (next switch
            {
                RunChanged run => SendAsync(context, "run", RunNewsDocument.Of(run), over),
                JobChanged job => SendAsync(context, "job", JobNewsDocument.Of(job), over),
                JobAdvanced advanced => SendAsync(context, "progress", ProgressDocument.Of(advanced), over),
                _ => Task.CompletedTask,
            });
        }

        return isTurn;
    }

    private static async Task SendAsync<T>(HttpContext context, string name, T document, CancellationToken over)
    {
        var text = $"event: {name}\ndata: {JsonSerializer.Serialize(document, ApiJson.Options)}\n\n";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), over);
        await context.Response.Body.FlushAsync(over);
    }
}
