using System.Reflection;
using System.Text.RegularExpressions;

namespace Akka.Util;

/// <summary>
/// The version of an application, ordered: one to three numbers, then what follows a hyphen or plus. A version
/// with such a rest precedes the one without.
/// </summary>
public sealed partial class AppVersion : IComparable<AppVersion>, IEquatable<AppVersion>
{
    public static readonly AppVersion Zero = Create("0.0.0");

    private readonly (int Major, int Minor, int Patch, int Commits) _numbers;
    private readonly string _rest;

    private AppVersion(string version, (int, int, int, int) numbers, string rest)
    {
        Version = version;
        _numbers = numbers;
        _rest = rest;
    }

    /// <summary>As it was given.</summary>
    public string Version { get; }

    public static bool operator ==(AppVersion? first, AppVersion? second) => Equals(first, second);

    public static bool operator !=(AppVersion? first, AppVersion? second) => !Equals(first, second);

    /// <param name="version">For example 1.2, 1.2.3, 1.2.3-M1 or 1.2+10-1234abcd (so many commits after 1.2);
    /// a word without dots is older than every number; assembly-version stands for that of the program.</param>
    /// <exception cref="FormatException">A part is no number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It is empty or has more than three numbers.</exception>
    public static AppVersion Create(string version)
    {
        if (version.Equals("assembly-version", StringComparison.OrdinalIgnoreCase))
            version = OfProgram();
        var parts = version.Split('.');
        if (version.Length == 0 || parts.Length > 3)
        {
            throw new ArgumentOutOfRangeException(
                nameof(version), $"'{version}' is no version; it must have one to three numbers.");
        }
        if (parts.Length == 1)
        {
            return int.TryParse(version, out var only)
                ? new AppVersion(version, (only, 0, 0, 0), "")
                : new AppVersion(version, default, version);
        }
        var last = LastPart().Match(parts[^1]);
        if (!last.Success)
            throw new FormatException($"'{version}' is no version: '{parts[^1]}' does not begin as a number.");
        var rest = last.Groups["rest"].Value;
        var distance = Distance().Match(rest);
        var commits = distance.Success ? int.Parse(distance.Groups["commits"].Value) : 0;
        rest = distance.Success ? distance.Groups["rest"].Value : rest;
        var end = int.Parse(last.Groups["number"].Value);
        // The distance in commits takes the place of a missing third number.
        return parts.Length == 2
            ? new AppVersion(version, (int.Parse(parts[0]), end, commits, 0), rest)
            : new AppVersion(version, (int.Parse(parts[0]), int.Parse(parts[1]), end, commits), rest);
    }

    public int CompareTo(AppVersion? other)
    {
        if (other is null)
            return 1;
        var byNumbers = _numbers.CompareTo(other._numbers);
        if (byNumbers != 0 || _rest == other._rest)
            return byNumbers;
        if (_rest.Length == 0 || other._rest.Length == 0)
            return _rest.Length == 0 ? 1 : -1;
        return string.CompareOrdinal(_rest, other._rest);
    }

    /// <summary>Of the text: 1.2 and 1.2.0 have the same place in the order but are not equal.</summary>
    public bool Equals(AppVersion? other) => other is not null && Version == other.Version;

    public override bool Equals(object? obj) => Equals(obj as AppVersion);

    public override int GetHashCode() => Version.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Version;

    private static string OfProgram()
    {
        var assembly = Assembly.GetEntryAssembly() ?? Assembly.GetExecutingAssembly();
        return assembly.GetName().Version is { } version
            ? $"{version.Major}.{version.Minor}.{Math.Max(0, version.Build)}"
            : "0.0.0";
    }

    [GeneratedRegex(@"^(?<number>\d+)(?:[-+](?<rest>.*))?$")]
    private static partial Regex LastPart();

    [GeneratedRegex(@"^(?<commits>\d+)-(?<rest>.*)$")]
    private static partial Regex Distance();
}
