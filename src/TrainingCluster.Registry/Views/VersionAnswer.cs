using System.Collections.Immutable;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Registry.Views;

/// <summary>
/// What a text that should name a version means: <see cref="VersionFound"/>, <see cref="VersionAmbiguous"/>
/// or <see cref="VersionUnknown"/>.
/// </summary>
public abstract record VersionAnswer;

/// <param name="Warning">What in the text does not fit the version though it names it, such as an outdated
/// grade; null if all fits.</param>
public sealed record VersionFound(ModelVersion Version, string? Warning) : VersionAnswer;

/// <param name="Candidates">At least two, in order.</param>
public sealed record VersionAmbiguous(string Text, ImmutableArray<VersionId> Candidates) : VersionAnswer
{
    public string Message =>
        $"'{Text}' fits {Candidates.Length} versions: {string.Join(", ", Candidates.Take(20))}"
        + (Candidates.Length > 20 ? " …" : "") + "; name one of them";
}

/// <param name="Reason">What is wrong and what to do.</param>
public sealed record VersionUnknown(string Text, string Reason) : VersionAnswer;
