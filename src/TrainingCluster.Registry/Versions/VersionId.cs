using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NuGet.Versioning;

namespace TrainingCluster.Registry.Versions;

/// <summary>The identity of one version, such as <c>ppo/atr_breakout@1.4.0</c>.</summary>
/// <param name="Version">Semantic Versioning 2.0; build metadata is ignored in comparisons.</param>
[JsonConverter(typeof(VersionIdJsonConverter))]
public sealed record VersionId(ModelName Model, SemanticVersion Version) : IComparable<VersionId>
{
    /// <exception cref="FormatException">The text is not <c>type/name@major.minor.patch</c>.</exception>
    public static VersionId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is no version id; it must be type/name@1.2.3");

    public static bool TryParse(string? text, [NotNullWhen(true)] out VersionId? id)
    {
        var parts = text?.Split('@');
        id = parts is [var name, var number]
            && ModelName.TryParse(name, out var model)
            && SemanticVersion.TryParse(number, out var version)
                ? new VersionId(model, version)
                : null;
        return id is not null;
    }

    /// <summary>By model name, then by the precedence of Semantic Versioning 2.0, section 11.</summary>
    public int CompareTo(VersionId? other)
    {
        if (other is null)
        {
            return 1;
        }

        var models = Model.CompareTo(other.Model);
        return models != 0 ? models : Version.CompareTo(other.Version);
    }

    public override string ToString() => $"{Model}@{Version.ToNormalizedString()}";
}
