using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NuGet.Versioning;
using TrainingCluster.Registry.Grades;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Registry.Views;

/// <summary>
/// Finds the version that a text means. Understood are, in this order: <c>type/name@1.2.3</c>,
/// <c>type/name</c> and <c>…@latest</c>, <c>…@sha256:ab12…</c> and <c>sha256:ab12…</c> (12 digits or more),
/// the run-id form <c>v_20241127_143022</c> (alone or after <c>type/name@</c>), export names such as
/// <c>cnn_lstm_v1.0.0_grade_A_acc_0.95</c>, and any unambiguous beginning of an id.
/// </summary>
public static partial class VersionQuery
{
    private const int DigestDigitsMin = 12;

    public static VersionAnswer Resolve(RegistryState state, string text)
    {
        var wanted = text.Trim();
        if (wanted.Length == 0)
        {
            return new VersionUnknown(text, "the version id is empty; `train list` shows what is registered");
        }

        if (VersionId.TryParse(wanted, out var id) && state.Find(id) is { } exact)
        {
            return new VersionFound(exact, null);
        }

        var at = wanted.IndexOf('@');
        var scope = at >= 0 ? wanted[..at] : "";
        var pointer = at >= 0 ? wanted[(at + 1)..] : wanted;
        return ByPointer(state, wanted, scope, pointer)
            ?? (ModelName.TryParse(wanted, out var model) && state.Latest(model) is { } latest
                ? new VersionFound(latest, null)
                : null)
            ?? ByExportName(state, wanted)
            ?? ByPrefix(state, wanted);
    }

    private static VersionAnswer? ByPointer(RegistryState state, string text, string scope, string pointer)
    {
        if (pointer == "latest")
        {
            var latest = InScope(state, scope).GroupBy(version => version.Id.Model)
                .Select(line => state.Latest(line.Key)).OfType<ModelVersion>();
            return OneOf(text, latest) ?? Unknown(state, text);
        }

        if (pointer.StartsWith("sha256:", StringComparison.Ordinal))
        {
            var digits = pointer["sha256:".Length..];
            return digits.Length < DigestDigitsMin
                ? new VersionUnknown(text,
                    $"'{pointer}' has {digits.Length} digits; give at least {DigestDigitsMin}")
                : OneOf(text, InScope(state, scope).Where(version => HasDigest(version, digits)))
                    ?? Unknown(state, text);
        }

        return RunIdForm().IsMatch(pointer)
            ? OneOf(text, InScope(state, scope).Where(version => version.RunId == pointer))
                ?? Unknown(state, text)
            : null;
    }

    private static bool HasDigest(ModelVersion version, string digits) =>
        version.Digest.Hex.StartsWith(digits, StringComparison.Ordinal)
        || version.Files.Any(file => file.Digest.Hex.StartsWith(digits, StringComparison.Ordinal));

    private static IEnumerable<ModelVersion> InScope(RegistryState state, string scope) =>
        state.Versions.Values.Where(version => scope.Length == 0
            || version.Id.Model.ToString() == scope
            || version.Id.Model.Type == scope);

    private static VersionAnswer? ByExportName(RegistryState state, string text)
    {
        var name = text.EndsWith(".pth", StringComparison.Ordinal) ? text[..^4] : text;
        var match = ExportForm().Match(name);
        if (!match.Success)
        {
            return null;
        }

        var number = SemanticVersion.Parse(match.Groups["version"].Value);
        var fitting = InScope(state, match.Groups["type"].Value)
            .Where(version => version.Id.Version == number).ToArray();

        // Of several strategies' versions with the number, the one that shows exactly this name is meant.
        var shown = fitting.Where(version => version.ExportName == name).ToArray();
        var answer = OneOf(text, shown.Length == 1 ? shown : fitting);
        var stated = match.Groups["grade"];
        return answer is VersionFound found && stated.Success && stated.Value != found.Version.Grade.Text
            ? found with
            {
                Warning = $"'{text}' states grade {stated.Value}; "
                    + $"{found.Version.Id} has {found.Version.Grade.Text}",
            }
            : answer ?? Unknown(state, text);
    }

    private static VersionAnswer ByPrefix(RegistryState state, string text)
    {
        var fitting = state.Versions.Values
            .Where(version => version.Id.ToString().StartsWith(text, StringComparison.Ordinal)
                || version.Id.Model.Name == text)
            .ToArray();
        var models = fitting.Select(version => version.Id.Model).Distinct().ToArray();

        // A beginning that fits one model only means its newest version, unless it reaches into the number.
        return models is [var model] && !text.Contains('@') && state.Latest(model) is { } latest
            ? new VersionFound(latest, null)
            : OneOf(text, fitting) ?? Unknown(state, text);
    }

    private static VersionAnswer? OneOf(string text, IEnumerable<ModelVersion> candidates)
    {
        var found = candidates.ToImmutableArray();
        return found.Length switch
        {
            0 => null,
            1 => new VersionFound(found[0], null),
            _ => new VersionAmbiguous(text, [.. found.Select(version => version.Id)]),
        };
    }

    private static VersionUnknown Unknown(RegistryState state, string text)
    {
        var models = state.Versions.Keys.Select(id => id.Model.ToString()).Distinct().Take(20).ToArray();
        return new VersionUnknown(text, models.Length == 0
            ? $"'{text}' fits no version: the registry is empty; `train pipeline` fills it"
            : $"'{text}' fits no version; there are versions of {string.Join(", ", models)}");
    }

    [GeneratedRegex(@"^v_\d{8}_\d{6}(_\d+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex RunIdForm();

    [GeneratedRegex(
        @"^(?<type>.+)_v(?<version>\d+\.\d+\.\d+)"
            + @"(_grade_(?<grade>S|A\+|A-|A|B\+|B-|B|C|D|F))?"
            + @"(_(?<metric>[a-z0-9]+)_(?<value>-?\d+(\.\d+)?))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ExportForm();
}
