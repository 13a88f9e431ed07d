using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;
using TrainingCluster.MarketData.Content;

namespace TrainingCluster.Registry.Versions;

/// <summary>How a version came from another one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LineageRelation>))]
public enum LineageRelation
{
    /// <summary>The target is built into this version: encoder into policy, hybrids into ensemble.</summary>
    [JsonStringEnumMemberName("component")]
    Component,

    /// <summary>This version's training began at the target's weights; both are of one type.</summary>
    [JsonStringEnumMemberName("derived-from")]
    DerivedFrom,
}

/// <summary>One step back in a version's history.</summary>
/// <param name="Digest">The target's root digest as it was when the edge was made.</param>
public sealed record LineageEdge(LineageRelation Relation, VersionId Target, Digest Digest);

/// <summary>From what a version was made.</summary>
/// <param name="Data">Of the bars it was trained and evaluated on.</param>
/// <param name="DataName">What people call those bars; no part of the identity.</param>
public sealed record Lineage(Digest Data, string DataName, ImmutableArray<LineageEdge> Edges)
{
    /// <summary>Equal for two lineages exactly when data and edges are the same, in whatever order.</summary>
    [JsonIgnore]
    public Digest Identity
    {
        get
        {
            var text = new StringBuilder(Data.Hex).Append('\n');
            foreach (var line in Edges
                .Select(edge => $"{edge.Relation} {edge.Target} {edge.Digest.Hex}")
                .Order(StringComparer.Ordinal))
            {
                text.Append(line).Append('\n');
            }

            return Digest.Of(text.ToString());
        }
    }
}
