using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace TrainingCluster.Features.Preprocessing;

/// <summary>A step as text: <c>scale(method=robust; clip=5)</c>. Settings are separated by semicolons, because
/// values may hold commas.</summary>
public sealed partial record StepSpec(string Name, ImmutableSortedDictionary<string, string> Settings)
{
    /// <exception cref="FormatException">The text is no step.</exception>
    public static StepSpec Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            throw new FormatException($"step '{text}' is not written name or name(setting=value; …)");
        }

        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var setting in match.Groups["settings"].Value.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = setting.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || parts[0].Length == 0 || !settings.TryAdd(parts[0], parts[1]))
            {
                throw new FormatException(
                    $"step '{text}': '{setting.Trim()}' must be setting=value, each setting once");
            }
        }

        return new StepSpec(match.Groups["name"].Value, settings.ToImmutable());
    }

    /// <exception cref="FormatException">There is a setting that the step does not know.</exception>
    public void RequireKnown(params ReadOnlySpan<string> known)
    {
        foreach (var name in Settings.Keys)
        {
            if (!known.Contains(name))
            {
                throw new FormatException(
                    $"step '{this}': there is no setting '{name}'; there are {string.Join(", ", known.ToArray())}");
            }
        }
    }

    /// <exception cref="FormatException">The value is none of the choices.</exception>
    public string Choice(string name, params ReadOnlySpan<string> choices)
    {
        var value = Settings.GetValueOrDefault(name, choices[0]);
        return choices.Contains(value) ? value : throw new FormatException(
            $"step '{this}': {name} is '{value}'; it must be one of {string.Join(", ", choices.ToArray())}");
    }

    /// <exception cref="FormatException">The value is no number in the range.</exception>
    public double Number(string name, double standard, double minimum, double maximum)
    {
        var text = Settings.GetValueOrDefault(name);
        var value = standard;
        return text is null
            || (double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out value)
                && value >= minimum && value <= maximum)
            ? value
            : throw new FormatException(FormattableString.Invariant(
                $"step '{this}': {name} is '{text}'; it must be a number from {minimum} to {maximum}"));
    }

    public bool Equals(StepSpec? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Settings in the order of their names.</summary>
    public override string ToString() => Settings.IsEmpty
        ? Name
        : $"{Name}({string.Join("; ", Settings.Select(setting => $"{setting.Key}={setting.Value}"))})";

    [GeneratedRegex(@"^\s*(?<name>[a-z][a-z0-9_]*)\s*(\((?<settings>.*)\))?\s*$")]
    private static partial Regex Form();
}
