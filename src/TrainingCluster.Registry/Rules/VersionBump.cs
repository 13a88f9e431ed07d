using NuGet.Versioning;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Registry.Rules;

/// <summary>
/// Which part of the number rises. Major: callers must change. Minor: the same interface, made another way.
/// Patch: the same recipe on newer bars or newer inputs.
/// </summary>
internal static class VersionBump
{
    public static SemanticVersion First { get; } = new(1, 0, 0);

    public static SemanticVersion Next(ModelVersion latest, RegisterVersion command)
    {
        var (major, minor, patch) = (latest.Id.Version.Major, latest.Id.Version.Minor, latest.Id.Version.Patch);
        if (latest.SignatureDigest != command.SignatureDigest)
        {
            return new SemanticVersion(major + 1, 0, 0);
        }

        // Bars of another name are another market and not a later state of the same one.
        var isRetrained = latest.RecipeDigest == command.RecipeDigest
            && latest.Lineage.DataName == command.Lineage.DataName;
        return isRetrained
            ? new SemanticVersion(major, minor, patch + 1)
            : new SemanticVersion(major, minor + 1, 0);
    }
}
