using System.Net;
using Akka.Configuration;

namespace Petabridge.Cmd.Host;

/// <summary>What <c>petabridge.cmd</c> says; see <c>reference.conf</c>.</summary>
internal sealed record CmdHostSettings(IPEndPoint Address, bool LogsPalettes, string TokenFile)
{
    public static Config Reference { get; } = ConfigurationFactory.ParseString(ReferenceText());

    /// <exception cref="ConfigurationException">The address is none, or needs a token that is not named.</exception>
    public static CmdHostSettings From(Config config)
    {
        var text = config.GetString("petabridge.cmd.host") ?? "";
        var port = config.GetInt("petabridge.cmd.port");
        if (port is < 0 or > IPEndPoint.MaxPort)
        {
            throw new ConfigurationException($"petabridge.cmd.port is {port}; it must be a number from 0 to 65535.");
        }

        if (!IPAddress.TryParse(text == "localhost" ? "127.0.0.1" : text, out var address))
        {
            throw new ConfigurationException(
                $"petabridge.cmd.host is '{text}'; it must be an IP address, or localhost.");
        }

        var tokenFile = config.GetString("petabridge.cmd.auth-token-file") ?? "";
        return tokenFile.Length > 0 || IPAddress.IsLoopback(address)
            ? new CmdHostSettings(
                new IPEndPoint(address, port), config.GetBoolean("petabridge.cmd.log-palettes-on-startup"), tokenFile)
            : throw new ConfigurationException(
                $"petabridge.cmd.host is {text}, which others can reach; name a file with a token in "
                + "petabridge.cmd.auth-token-file, or listen on 127.0.0.1.");
    }

    private static string ReferenceText()
    {
        using var stream = typeof(CmdHostSettings).Assembly.GetManifestResourceStream("reference.conf")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
