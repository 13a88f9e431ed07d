using System.Collections.Concurrent;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Testing.Http;

/// <summary>
/// A provider of bars on this machine, in the format of a real one. Faults that are queued strike one question each, in
/// their order; then it answers as it should.
/// </summary>
public abstract class ProviderServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly ConcurrentQueue<ProviderFault> _faults = [];
    private readonly ConcurrentDictionary<string, BarSeries> _bars = new(StringComparer.OrdinalIgnoreCase);

    protected ProviderServer() => _server = new LoopbackServer(Answer);

    public Uri Address => _server.Address;

    public IReadOnlyList<HttpQuestion> Questions => _server.Questions;

    /// <summary>In the header of an answer 429; null leaves it out.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>What a slow answer does instead of coming, such as moving a clock.</summary>
    public Action Stall { get; set; } = () => { };

    /// <summary>Called at each question, before anything else.</summary>
    public Action<HttpQuestion> Asked { get; set; } = _ => { };

    /// <summary>A fault for as long as it is set, on questions for which it holds.</summary>
    public Func<HttpQuestion, ProviderFault?> Always { get; set; } = _ => null;

    public void Offer(BarSeries bars) => _bars[bars.Symbol] = bars;

    public void FailNext(params ProviderFault[] faults) => Array.ForEach(faults, _faults.Enqueue);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _server.DisposeAsync();
    }

    /// <summary>As the provider answers, or fails in its own words.</summary>
    protected abstract HttpAnswer Good(HttpQuestion question, ProviderFault? fault);

    protected BarSeries? Find(string symbol) => _bars.GetValueOrDefault(symbol);

    private HttpAnswer Answer(HttpQuestion question)
    {
        Asked(question);
        var fault = Always(question) ?? (_faults.TryDequeue(out var next) ? next : null);
        return fault switch
        {
            ProviderFault.TooManyRequests => new HttpAnswer(429, "Too Many Requests\r\n")
            {
                ContentType = "text/html",
                Headers = RetryAfter is null ? [] : [$"Retry-After: {RetryAfter}"],
            },
            ProviderFault.ServerError => new HttpAnswer(500, "oops") { ContentType = "text/plain" },
            ProviderFault.Slow => new HttpAnswer(200, "") { Stall = Stall },
            ProviderFault.TruncatedWithLength => Good(question, null) with { SentShare = 0.5 },
            ProviderFault.TruncatedWithoutLength => Good(question, null) with
            {
                SentShare = 0.5,
                AnnouncesLength = false,
            },
            ProviderFault.WrongContentType => new HttpAnswer(200, "<html>Will be right back</html>")
            {
                ContentType = "text/html",
            },
            ProviderFault.NoJson => new HttpAnswer(200, "{'chart': nothing}"),
            ProviderFault.Forbidden => new HttpAnswer(403, "<html></html>") { ContentType = "text/html" },
            _ => Good(question, fault),
        };
    }
}
