namespace Petabridge.Cmd.Client;

/// <summary>Runs one command on the connection and prints what it answers.</summary>
internal sealed class CommandRun(PbmConsole console, InterruptSource interrupt, PbmConnection connection)
{
    /// <param name="words">The command.</param>
    /// <param name="output">Where texts go; errors go to the console's own place.</param>
    /// <param name="asJson">An object for each response.</param>
    /// <param name="timeout">For the final answer; null = without end.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(
        IReadOnlyList<string> words, TextWriter output, bool asJson, TimeSpan? timeout)
    {
        var interrupted = interrupt.Next();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        if (timeout is { } most)
        {
            limit.CancelAfter(most);
        }

        var printer = new ResponsePrinter(console, output, asJson);
        try
        {
            await foreach (var response in connection.ExecuteAsync(words, limit.Token).ConfigureAwait(false))
            {
                await printer.PrintAsync(response).ConfigureAwait(false);
                if (response.Outcome is { } outcome)
                {
                    return ExitCode.Of(outcome);
                }
            }
        }
        catch (OperationCanceledException)
        {
            if (interrupted.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }

            await console.Error.WriteLineAsync($"error: no final answer within {timeout!.Value.TotalSeconds:0.###} s")
                .ConfigureAwait(false);
        }
        catch (PbmConnectionException lost)
        {
            await console.Error.WriteLineAsync($"error: {lost.Message}").ConfigureAwait(false);
        }

        return ExitCode.NoAnswer;
    }
}
