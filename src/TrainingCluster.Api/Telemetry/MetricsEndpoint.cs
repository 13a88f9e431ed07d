using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrainingCluster.Api.Http;

namespace TrainingCluster.Api.Telemetry;

/// <summary><c>/metrics</c>: the cluster's figures, those of this process and of this interface.</summary>
internal sealed class MetricsEndpoint : IDisposable
{
    private static readonly string[] Others = ["System.Runtime", "Microsoft.AspNetCore.Hosting"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ApiSetup _setup;
    private readonly PrometheusText _text;

    public MetricsEndpoint(ApiSetup setup)
    {
        _setup = setup;
        Figures = new ClusterMeter(setup.Client, setup.Clock);
        _text = new PrometheusText(IsWanted);
    }

    public ClusterMeter Figures { get; }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", AnswerAsync);

    public void Dispose()
    {
        _text.Dispose();
        Figures.Dispose();
    }

    private bool IsWanted(Meter meter) => meter == Figures.Meter || Others.Contains(meter.Name);

    private async Task AnswerAsync(HttpContext context)
    {
        Inputs.OnlyQuery(context);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        await Figures.RefreshAsync(_setup.Client, patience.Token);
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(_text.Render()), context.RequestAborted);
    }
}
