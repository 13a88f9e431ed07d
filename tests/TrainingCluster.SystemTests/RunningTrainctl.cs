using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace TrainingCluster.SystemTests;

/// <summary>A command that runs: tests read along, send signals, and take its end. Disposing it kills it.</summary>
internal sealed class RunningTrainctl : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);
    private readonly CancellationTokenSource _limit = new(Longest);
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _error = new();
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task _pump;
    private readonly string _command;

    public RunningTrainctl(ProcessStartInfo start, string command)
    {
        _command = command;
        _process = Process.Start(start) ?? throw new InvalidOperationException("trainctl did not start");
        _output = _process.StandardOutput.ReadToEndAsync();
        _pump = PumpAsync();
    }

    public int Id => _process.Id;

    /// <summary>What standard error has said so far.</summary>
    public string Said
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    /// <summary>Waits for a line on standard error that contains the words.</summary>
    public async Task<string> SaysAsync(string words)
    {
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(_limit.Token))
            {
                if (line.Contains(words, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }

        throw new TimeoutException($"trainctl {_command} never said '{words}'; it said:\n{Said}");
    }

    /// <param name="name">As kill takes it: INT, TERM, KILL.</param>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, Id.ToString()]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task<Outcome> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync(_limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"trainctl {_command} did not end within {Longest}; it said:\n{Said}");
        }

        await _pump;
        return new Outcome(_process.ExitCode, await _output, Said);
    }

    /// <summary>Waits for the end of a process that was told to end.</summary>
    public async Task<Outcome> EndAsync(TimeSpan within)
    {
        _limit.CancelAfter(within);
        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await _pump;
        _process.Dispose();
        _limit.Dispose();
    }

    private async Task PumpAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_error)
            {
                _error.AppendLine(line);
            }

            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }
}
