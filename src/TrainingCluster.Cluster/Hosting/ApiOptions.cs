using System.Net;
using Akka.Configuration;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>
/// The settings under <c>training.api</c>, read once and checked. Meaning, unit, range and default of each stand in
/// <c>hocon/reference.conf</c>.
/// </summary>
public sealed record ApiOptions
{
    public required IPAddress Address { get; init; }

    /// <summary>0: any that is free.</summary>
    public required int Port { get; init; }

    /// <summary>Empty: nobody has to say who they are, which only a loopback address allows.</summary>
    public required string TokenFile { get; init; }

    public required long RequestBytesMax { get; init; }

    public required long UploadBytesMax { get; init; }

    public required int ConnectionsMax { get; init; }

    /// <param name="config">With <c>reference.conf</c> as its last fallback.</param>
    /// <exception cref="TrainingOptionsException">Some values are out of range; all are named.</exception>
    public static ApiOptions From(Config config)
    {
        var reader = new OptionReader(config);
        var address = reader.ListenAddress("training.api.address");
        var options = new ApiOptions
        {
            Address = address,
            Port = reader.Number("training.api.port", 0, 65_535),
            TokenFile = reader.Text("training.api.token-file"),
            RequestBytesMax = reader.Bytes("training.api.request-max", 1 << 10, 1 << 26),
            UploadBytesMax = reader.Bytes("training.api.upload-max", 1 << 10, 1L << 32),
            ConnectionsMax = reader.Number("training.api.connections-max", 1, 10_000),
        };
        reader.RequireToken(
            "training.api.token-file", options.TokenFile, "training.api.address", address, "train here");

        return reader.Violations.Count == 0 ? options : throw new TrainingOptionsException(reader.Violations);
    }
}
