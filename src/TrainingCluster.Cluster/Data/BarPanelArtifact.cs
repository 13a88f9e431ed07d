using System.Text;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Registry.Artifacts;

namespace TrainingCluster.Cluster.Data;

/// <summary>
/// The bars of a run in the artifact store. One symbol is a <see cref="BarSeriesArtifact"/>; several are a manifest
/// (<see cref="BarPanel.Manifest"/>) that names the artifact of each symbol by its digest. Either way the artifact's
/// digest is <see cref="BarPanel.Digest"/>.
/// </summary>
public static class BarPanelArtifact
{
    private static readonly byte[] ManifestStart = Encoding.UTF8.GetBytes(BarPanel.ManifestFormat + "\n");

    /// <summary>Stores the bars of every symbol, then the manifest where there are several.</summary>
    public static void Put(IArtifactStore artifacts, BarPanel panel)
    {
        foreach (var part in Parts(panel))
        {
            artifacts.Put(part);
        }
    }

    /// <summary>The bars of every symbol, then the manifest where there are several.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Parts(BarPanel panel)
    {
        foreach (var bars in panel.Symbols)
        {
            yield return BarSeriesArtifact.ToBytes(bars);
        }

        if (!panel.IsSingle)
        {
            yield return Encoding.UTF8.GetBytes(panel.Manifest());
        }
    }

    /// <exception cref="BarArtifactException">The bytes are no bars, or not those of the digest.</exception>
    /// <exception cref="ArtifactMissingException">The store does not have the bars of the digest.</exception>
    public static BarPanel Get(IArtifactStore artifacts, Digest digest) =>
        Read(artifacts, artifacts.Get(digest), digest);

    /// <summary>Whether bytes that are not stored yet are bars, or a manifest of bars that are.</summary>
    /// <exception cref="BarArtifactException">The bytes are no bars, or not those of the digest.</exception>
    /// <exception cref="ArtifactMissingException">The store does not have the bars of a symbol.</exception>
    public static void Check(IArtifactStore artifacts, ReadOnlyMemory<byte> content, Digest digest) =>
        Read(artifacts, content, digest);

    private static BarPanel Read(IArtifactStore artifacts, ReadOnlyMemory<byte> content, Digest digest)
    {
        if (!content.Span.StartsWith(ManifestStart))
        {
            return BarSeriesArtifact.Read(content, digest);
        }

        var lines = Encoding.UTF8.GetString(content.Span[ManifestStart.Length..])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var panel = BarPanel.Of(lines.Select(line => Read(artifacts, line)));
        return panel.Digest == digest
            ? panel
            : throw new BarArtifactException($"these are the bars {panel.Digest}; expected were {digest}");
    }

    private static BarSeries Read(IArtifactStore artifacts, string line) =>
        Digest.TryParse(line.Split(' ')[0], out var digest)
            ? BarSeriesArtifact.Read(artifacts.Get(digest), digest)
            : throw new BarArtifactException($"the line '{line}' of a manifest names no bars");
}
