using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrainingCluster.Testing.Http;

/// <summary>
/// An HTTP/1.1 server on a free port of this machine alone, plain enough to break its answers on purpose. A connection
/// serves one question.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly Func<HttpQuestion, HttpAnswer> _answer;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<HttpQuestion> _questions = [];
    private readonly Task _loop;

    /// <param name="answer">May be called by several threads.</param>
    public LoopbackServer(Func<HttpQuestion, HttpAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _loop = ListenAsync();
    }

    public Uri Address { get; }

    /// <summary>All that was asked so far, in order.</summary>
    public IReadOnlyList<HttpQuestion> Questions
    {
        get
        {
            lock (_questions)
            {
                return [.. _questions];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_loop.IsCompleted)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
        }

        await Task.WhenAll(served);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                if (await ReadAsync(reader) is not { } question)
                {
                    return;
                }

                lock (_questions)
                {
                    _questions.Add(question);
                }

                await AnswerAsync(stream, _answer(question));
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
            {
                // The client has given up, or the test is over.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream, HttpAnswer answer)
    {
        if (answer.Stall is { } stall)
        {
            stall();
            await Task.Delay(Timeout.InfiniteTimeSpan, _stop.Token);
        }

        var body = Encoding.UTF8.GetBytes(answer.Body);
        var head = new StringBuilder($"HTTP/1.1 {answer.Status} -\r\nContent-Type: {answer.ContentType}\r\n");
        head.Append("Connection: close\r\n");
        foreach (var header in answer.Headers)
        {
            head.Append(header).Append("\r\n");
        }

        if (answer.AnnouncesLength)
        {
            head.Append("Content-Length: ").Append(body.Length).Append("\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
        await stream.WriteAsync(body.AsMemory(0, (int)(body.Length * answer.SentShare)), _stop.Token);
    }

    private async Task<HttpQuestion?> ReadAsync(StreamReader reader)
    {
        if (await reader.ReadLineAsync(_stop.Token) is not { } first)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var target = new Uri(Address, first.Split(' ')[1]);
        var query = target.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        return new HttpQuestion(Uri.UnescapeDataString(target.AbsolutePath), query, headers);
    }
}
