using System.Collections.Immutable;

namespace TrainingCluster.Testing.Http;

/// <summary>What a server answers.</summary>
/// <param name="Status">Such as 200.</param>
/// <param name="Body">The text.</param>
public sealed record HttpAnswer(int Status, string Body)
{
    public string ContentType { get; init; } = "application/json;charset=utf-8";

    /// <summary>Further headers, such as <c>Retry-After: 3</c>.</summary>
    public ImmutableArray<string> Headers { get; init; } = [];

    /// <summary>Share of the body that is sent before the connection is closed.</summary>
    public double SentShare { get; init; } = 1;

    /// <summary>Whether the length of the whole body is announced; else the connection ends with it.</summary>
    public bool AnnouncesLength { get; init; } = true;

    /// <summary>Called instead of answering: the client is left waiting until it gives up.</summary>
    public Action? Stall { get; init; }
}
