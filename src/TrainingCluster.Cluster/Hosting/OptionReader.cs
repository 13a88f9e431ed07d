using System.Net;
using System.Collections.Immutable;
using System.Globalization;
using Akka.Configuration;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>Reads settings and gathers everything that is wrong with them.</summary>
/// <param name="config">With <c>reference.conf</c> as its last fallback.</param>
internal sealed class OptionReader(Config config)
{
    public List<string> Violations { get; } = [];

    public int Number(string key, int least, int most)
    {
        var text = config.GetString(key);
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
        {
            return value;
        }

        Violations.Add(string.Create(CultureInfo.InvariantCulture,
            $"{key} is {text}; it must be a number from {least} to {most}"));
        return least;
    }

    public bool Switch(string key)
    {
        var text = config.GetString(key);
        if (text is not ("on" or "true" or "off" or "false"))
        {
            Violations.Add($"{key} is {text}; it must be on or off");
        }

        return text is "on" or "true";
    }

    public TimeSpan Duration(string key, string least, string most)
    {
        var (lower, upper) = (Parse(least), Parse(most));
        try
        {
            var value = config.GetTimeSpan(key, null, allowInfinite: false);
            if (value >= lower && value <= upper)
            {
                return value;
            }
        }
        catch (Exception unreadable) when (unreadable is FormatException or ConfigurationException)
        {
        }

        Violations.Add($"{key} is {config.GetString(key)}; it must be a duration from {least} to {most}");
        return lower;
    }

    public long Bytes(string key, long least, long most)
    {
        try
        {
            if (config.GetByteSize(key) is { } value && value >= least && value <= most)
            {
                return value;
            }
        }
        catch (Exception unreadable) when (unreadable is FormatException or ConfigurationException)
        {
        }

        Violations.Add(
            $"{key} is {config.GetString(key)}; it must be a size from {least} to {most} bytes");
        return least;
    }

    /// <summary>An IP address to listen on; loopback where the text is none, so that reading goes on.</summary>
    public IPAddress ListenAddress(string path)
    {
        var text = Text(path);
        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        Violations.Add($"{path} is '{text}'; it must be an IP address such as 127.0.0.1");
        return IPAddress.Loopback;
    }

    /// <summary>Whoever is not on this machine needs a token.</summary>
    /// <param name="danger">What anybody could do without one.</param>
    public void RequireToken(string tokenPath, string tokenFile, string addressPath, IPAddress address, string danger)
    {
        if (!IPAddress.IsLoopback(address) && tokenFile.Length == 0)
        {
            Violations.Add($"{tokenPath} is empty and {addressPath} is {address}; anybody who reaches that address "
                + $"could {danger}. Name a file that holds a token, or use 127.0.0.1");
        }
    }

    public string Text(string key) => config.GetString(key) ?? "";

    /// <summary>One of some words.</summary>
    public string Choice(string key, params string[] words)
    {
        var text = Text(key);
        if (!words.Contains(text))
        {
            Violations.Add($"{key} is '{text}'; it must be {string.Join(" or ", words)}");
        }

        return text;
    }

    public double Ratio(string key)
    {
        var text = config.GetString(key);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= 1)
        {
            return value;
        }

        Violations.Add($"{key} is {text}; it must be a number from 0 to 1");
        return 0;
    }

    /// <summary>A list, or one text with commas, as a flag or a variable of the environment gives it.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        var value = config.GetValue(key) ?? throw new ArgumentException($"reference.conf lacks {key}", nameof(key));
        var items = value.IsArray() ? value.GetStringList() : (value.GetString() ?? "").Split(',');
        return [.. items.Select(item => item.Trim()).Where(item => item.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    public Uri Address(string key)
    {
        var text = Text(key);
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        Violations.Add($"{key} is '{text}'; it must be an address such as https://example.org");
        return new Uri("http://localhost");
    }

    private static TimeSpan Parse(string duration) => ConfigurationFactory
        .ParseString($"bound = {duration}").GetTimeSpan("bound");
}
