using System.CommandLine;
using TrainingCluster.Cli.Remote;

namespace TrainingCluster.Cli.Options;

/// <summary>Which cluster is asked; none is the state directory of this machine.</summary>
internal static class ServerOptions
{
    public static Option<Uri?> Server { get; } = new("--server")
    {
        Description = "Ask the cluster behind this HTTP interface, such as http://127.0.0.1:8080",
        HelpName = "URL",
        Recursive = true,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var server)
                && server.Scheme is "http" or "https"
                && server.AbsolutePath == "/" && server.UserInfo.Length == 0)
            {
                return server;
            }

            result.AddError($"--server is '{text}'; it must be an address such as http://127.0.0.1:8080");
            return null;
        },
    };

    public static Option<FileInfo?> TokenFile { get; } = new("--token-file")
    {
        Description = "File with the token for --server; NAME:TOKEN or the token alone",
        HelpName = "FILE",
        Recursive = true,
    };

    public static Command AddTo(Command command)
    {
        command.Options.Add(Server);
        command.Options.Add(TokenFile);
        return command;
    }

    /// <summary>The cluster that is asked, or null.</summary>
    public static ClusterApi? Of(ParseResult parsed, CommandContext context) =>
        parsed.GetValue(Server) is { } server
            ? new ClusterApi(server, parsed.GetValue(TokenFile)?.FullName, context.Clock)
            : null;
}
