using System.Net;
using Akka.Configuration;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>
/// The settings under <c>training.pbm</c>, read once and checked. Meaning, unit, range and default of each stand in
/// <c>hocon/reference.conf</c>.
/// </summary>
public sealed record PbmOptions
{
    public required bool IsEnabled { get; init; }

    public required IPAddress Host { get; init; }

    /// <summary>0: any that is free.</summary>
    public required int Port { get; init; }

    /// <summary>Empty: nobody has to show a token, which only a loopback address allows.</summary>
    public required string TokenFile { get; init; }

    /// <param name="config">With <c>reference.conf</c> as its last fallback.</param>
    /// <exception cref="TrainingOptionsException">Some values are out of range; all are named.</exception>
    public static PbmOptions From(Config config)
    {
        var reader = new OptionReader(config);
        var host = reader.ListenAddress("training.pbm.host");
        var options = new PbmOptions
        {
            IsEnabled = reader.Switch("training.pbm.enabled"),
            Host = host,
            Port = reader.Number("training.pbm.port", 0, IPEndPoint.MaxPort),
            TokenFile = reader.Text("training.pbm.token-file"),
        };
        reader.RequireToken(
            "training.pbm.token-file", options.TokenFile, "training.pbm.host", host, "run every command");

        return reader.Violations.Count == 0 ? options : throw new TrainingOptionsException(reader.Violations);
    }
}
