using System.Globalization;

namespace Petabridge.Cmd.Client;

/// <summary>The command line: <c>pbm [OPTIONS] [host:port] [COMMAND…]</c>.</summary>
internal sealed record PbmOptions
{
    public const string DefaultHost = "127.0.0.1";
    public const int DefaultPort = 9110;

    public string Host { get; init; } = DefaultHost;

    public int Port { get; init; } = DefaultPort;

    /// <summary>Empty: a shell.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    public bool AsJson { get; init; }

    public string? TokenFile { get; init; }

    /// <summary>For the connection, and for the final answer of a single command; null = without end.</summary>
    public TimeSpan? Timeout { get; init; }

    public bool WantsHelp { get; init; }

    /// <exception cref="ArgumentException">Something is unknown, or has no value.</exception>
    public static PbmOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new PbmOptions();
        var hasAddress = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            var word = arguments[i];
            if (word is "--help" or "-h")
            {
                return options with { WantsHelp = true };
            }

            if (word == "--json")
            {
                options = options with { AsJson = true };
            }
            else if (word is "--timeout" or "--token-file")
            {
                options = options.With(word, ++i < arguments.Count
                    ? arguments[i]
                    : throw new ArgumentException($"{word} needs a value"));
            }
            else if (word.StartsWith('-'))
            {
                throw new ArgumentException($"'{word}' is no option of pbm");
            }
            else if (!hasAddress && TryAddress(word) is { } address)
            {
                (options, hasAddress) = (options with { Host = address.Host, Port = address.Port }, true);
            }
            else
            {
                return options with { Command = [.. arguments.Skip(i)], WantsHelp = word == "help" };
            }
        }

        return options;
    }

    private PbmOptions With(string name, string value) => name == "--token-file"
        ? this with { TokenFile = value }
        : this with { Timeout = TimeoutOf(value) };

    private static TimeSpan TimeoutOf(string text)
    {
        var (number, unit) = text.EndsWith("ms", StringComparison.Ordinal)
            ? (text[..^2], TimeSpan.FromMilliseconds(1))
            : text.EndsWith('m') ? (text[..^1], TimeSpan.FromMinutes(1)) : (text.TrimEnd('s'), TimeSpan.FromSeconds(1));
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count > 0 && count * unit < TimeSpan.FromDays(1)
                ? count * unit
                : throw new ArgumentException($"--timeout is '{text}'; it must be a duration such as 500ms, 5s or 1m");
    }

    private static (string Host, int Port)? TryAddress(string word)
    {
        var colon = word.LastIndexOf(':');
        return colon > 0
            && int.TryParse(word.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65_535
                ? (word[..colon].Trim('[', ']'), port)
                : null;
    }
}
