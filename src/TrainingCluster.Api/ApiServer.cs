using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TrainingCluster.Api.Endpoints;
using TrainingCluster.Api.Http;
using TrainingCluster.Api.Security;
using TrainingCluster.Api.Telemetry;

namespace TrainingCluster.Api;

/// <summary>The HTTP interface of a node while it runs. It reads no environment and no file but the tokens.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping;
    private readonly MetricsEndpoint _metrics;

    private ApiServer(WebApplication app, CancellationTokenSource stopping, MetricsEndpoint metrics)
    {
        _metrics = metrics;
        _app = app;
        _stopping = stopping;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.First());

    /// <exception cref="ApiTokenException">The token file cannot be used.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ApiServer> StartAsync(ApiSetup setup, CancellationToken cancellation = default)
    {
        var options = setup.Options;
        var tokens = options.TokenFile.Length == 0 ? null : ApiTokens.Read(options.TokenFile);
        if (tokens is null && !IPAddress.IsLoopback(options.Address))
        {
            throw new ApiTokenException($"{options.Address} is no loopback address; that needs a token file");
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.RequestBytesMax;
            kestrel.Limits.MaxConcurrentConnections = options.ConnectionsMax;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var stopping = new CancellationTokenSource();
        var gate = new Gate(tokens);
        var metrics = new MetricsEndpoint(setup);
        app.Use((context, next) => GuardAsync(context, next, gate));
        app.UseRouting();
        Map(app, setup, metrics, stopping.Token);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch
        {
            await app.DisposeAsync();
            metrics.Dispose();
            stopping.Dispose();
            throw;
        }

        return new ApiServer(app, stopping, metrics);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _metrics.Dispose();
        _stopping.Dispose();
    }

    private static void Map(WebApplication app, ApiSetup setup, MetricsEndpoint metrics, CancellationToken stopping)
    {
        new HealthEndpoints(setup).Map(app);
        metrics.Map(app);
        var routes = app.MapGroup("/api/v1");
        new RunEndpoints(setup).Map(routes);
        new EventEndpoints(setup, stopping).Map(routes);
        new JobEndpoints(setup).Map(routes);
        new VersionEndpoints(setup, metrics.Figures).Map(routes);
        new ArtifactEndpoints(setup).Map(routes);
        new ClusterEndpoints(setup).Map(routes);
    }

    // Whoever may not ask learns nothing, not even which addresses there are.
    private static async Task GuardAsync(HttpContext context, RequestDelegate next, Gate gate)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            if (!HealthEndpoints.Paths.Contains(context.Request.Path.Value))
            {
                Origin.Remember(context, gate.Admit(context));
            }

            await next(context);
            await DescribeAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            await Problems.WriteAsync(context, Problems.Of(failure));
        }
    }

    // What routing refuses has a status and no words.
    private static async Task DescribeAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        if (status < 400 || context.Response.HasStarted || context.Response.ContentType is not null)
        {
            return;
        }

        var allow = context.Response.Headers.Allow;
        var detail = status switch
        {
            404 => "there is nothing at this address",
            405 => $"this address takes {string.Join(", ", allow.ToArray())}",
            _ => "the request cannot be answered",
        };
        var problem = new ApiException(status, Problems.CodeOf(status), detail);
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Allow = allow;
            return Task.CompletedTask;
        });
        await Problems.WriteAsync(context, problem);
    }

    /// <summary>The process decides by itself when it ends.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
