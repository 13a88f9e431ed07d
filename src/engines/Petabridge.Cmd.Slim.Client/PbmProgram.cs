using System.Net;
using Petabridge.Cmd.Host;

namespace Petabridge.Cmd.Client;

/// <summary>One run of <c>pbm</c>.</summary>
internal sealed class PbmProgram(PbmConsole console, InterruptSource interrupt)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        PbmOptions options;
        string? token;
        try
        {
            options = PbmOptions.Parse(arguments);
            token = options.TokenFile is { } file ? AccessToken.Read(file) : null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or IOException)
        {
            await console.Error.WriteLineAsync($"error: {wrong.Message}\n`pbm help` shows the usage")
                .ConfigureAwait(false);
            return ExitCode.Usage;
        }

        if (options.WantsHelp)
        {
            await console.Output.WriteAsync(Usage()).ConfigureAwait(false);
            return ExitCode.Done;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(interrupt.Next());
        limit.CancelAfter(options.Timeout ?? ConnectTimeout);
        try
        {
            await using var connection = await PbmConnection
                .ConnectAsync(options.Host, options.Port, token, limit.Token).ConfigureAwait(false);
            if (options.Command.Count > 0)
            {
                return await new CommandRun(console, interrupt, connection)
                    .RunAsync(options.Command, console.Output, options.AsJson, options.Timeout).ConfigureAwait(false);
            }

            return await new Shell(console, interrupt, connection, options).RunAsync().ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is PbmConnectionException or OperationCanceledException)
        {
            var why = refused is PbmConnectionException ? refused.Message : "it did not answer in time";
            await console.Error.WriteLineAsync($"error: no connection to {options.Host}:{options.Port}: {why}")
                .ConfigureAwait(false);
            return interrupt.WasRaised ? ExitCode.Interrupted : ExitCode.NoConnection;
        }
    }

    private static string Usage() =>
        $"""
        pbm {typeof(PbmProgram).Assembly.GetName().Version}
        Usage: pbm [OPTIONS] [host:port] [COMMAND]
        Options:
            pbm help             Show help
            --json               An object of JSON for each response
            --timeout DURATION   For the connection and the final answer: 500ms, 5s, 1m
            --token-file FILE    Of a host that needs a token
        Without a command there is a shell; its `help` lists the commands that the host offers.
        The default address for pbm is [{new IPEndPoint(IPAddress.Loopback, PbmOptions.DefaultPort)}].
        Exit codes: 0 done, 1 the command failed, 2 usage, 3 no connection, 4 no answer, 130 interrupted.

        """;
}
