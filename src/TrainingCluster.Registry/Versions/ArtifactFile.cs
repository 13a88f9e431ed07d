using System.Collections.Immutable;
using System.Text;
using TrainingCluster.MarketData.Content;

namespace TrainingCluster.Registry.Versions;

/// <summary>One stored file of a version.</summary>
/// <param name="Role"><c>model</c>, <c>oof</c> or <c>evaluation</c>; unique inside a version.</param>
/// <param name="Digest">The name of the bytes in the artifact store.</param>
/// <param name="Size">Bytes.</param>
public sealed record ArtifactFile(string Role, Digest Digest, long Size)
{
    /// <summary>The role whose files say how good a version is and so are no part of what it is.</summary>
    public const string EvaluationRole = "evaluation";

    /// <summary>The role of the network itself.</summary>
    public const string ModelRole = "model";

    /// <summary>The role of out-of-fold predictions, from which the next stage learns.</summary>
    public const string OutOfFoldRole = "oof";

    /// <summary>
    /// The digest of a version: over the sorted lines "role size sha256" of all its files but the
    /// evaluations.
    /// </summary>
    public static Digest RootOf(ImmutableArray<ArtifactFile> files)
    {
        var lines = new StringBuilder();
        foreach (var file in files
            .Where(file => file.Role != EvaluationRole)
            .OrderBy(file => file.Role, StringComparer.Ordinal))
        {
            lines.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{file.Role} {file.Size} {file.Digest.Hex}\n");
        }

        return Digest.Of(lines.ToString());
    }
}
