using System.Globalization;
using TrainingCluster.Testing.Machine;

namespace TrainingCluster.FaultTests.Network;

/// <summary>
/// Several hosts on this machine: a network namespace each, joined by a bridge in one more, so that the
/// machine's own network stays as it is. Packets that are dropped vanish silently, as in a partition.
/// </summary>
internal sealed class Lab : IDisposable
{
    private const string Prefix = "faultlab-";
    private static readonly Lazy<string?> Obstacle = new(FindObstacle);
    private readonly string _name = $"{Prefix}{Environment.ProcessId}-";
    private readonly int _hosts;

    /// <param name="hosts">They are numbered from 1.</param>
    public Lab(int hosts)
    {
        _hosts = hosts;
        RemoveLeftOvers();
        try
        {
            Build();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why there can be no lab on this machine; null where there can.</summary>
    public static string? WhyNot => Obstacle.Value;

    private string Bridge => $"{_name}bridge";

    public static string AddressOf(int host) => string.Create(CultureInfo.InvariantCulture, $"10.77.0.{host}");

    /// <summary>What runs a command line on a host.</summary>
    public IReadOnlyList<string> On(int host) => ["ip", "netns", "exec", Host(host)];

    /// <summary>Drops what one host sends to another; the other way stays open.</summary>
    public void Drop(int from, int to) => Shell.Run(
        [.. On(to), "iptables", "-w", "-A", "INPUT", "-s", AddressOf(from), "-j", "DROP"]);

    /// <summary>Drops everything between two hosts.</summary>
    public void Cut(int one, int other)
    {
        Drop(one, other);
        Drop(other, one);
    }

    /// <summary>Drops a part of what comes in at a host, at random.</summary>
    /// <param name="host">Which.</param>
    /// <param name="share">0 to 1.</param>
    public void Lose(int host, double share) => Shell.Run(
        [
            .. On(host), "iptables", "-w", "-A", "INPUT", "-m", "statistic", "--mode", "random",
            "--probability", share.ToString(CultureInfo.InvariantCulture), "-j", "DROP",
        ]);

    public void Heal()
    {
        for (var host = 1; host <= _hosts; host++)
        {
            Shell.Run([.. On(host), "iptables", "-w", "-F", "INPUT"]);
        }
    }

    public void Dispose() => RemoveAll(name => name.StartsWith(_name, StringComparison.Ordinal));

    private static string? FindObstacle()
    {
        if (!Shell.IsRoot)
        {
            return "network namespaces need root";
        }

        foreach (var program in (string[])["ip", "iptables"])
        {
            if (!Shell.Has(program))
            {
                return $"network namespaces need the program {program} (packages iproute2, iptables)";
            }
        }

        try
        {
            using var lab = new Lab(1);
            lab.Drop(1, 1);
            return null;
        }
        catch (InvalidOperationException failure)
        {
            return $"this machine gives no network namespaces: {failure.Message}";
        }
    }

    /// <summary>Of processes that were killed before they could tidy up.</summary>
    private static void RemoveLeftOvers() => RemoveAll(name =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && !Directory.Exists($"/proc/{name[Prefix.Length..].Split('-')[0]}"));

    private static void RemoveAll(Predicate<string> predicate)
    {
        var names = Shell.Run("ip", "netns", "list")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')[0]);
        foreach (var name in names.Where(name => predicate(name)))
        {
            Shell.Run("ip", "netns", "delete", name);
        }
    }

    private string Host(int host) => string.Create(CultureInfo.InvariantCulture, $"{_name}{host}");

    private void Build()
    {
        Shell.Run("ip", "netns", "add", Bridge);
        Shell.Run("ip", "-n", Bridge, "link", "add", "br0", "type", "bridge");
        Shell.Run("ip", "-n", Bridge, "link", "set", "br0", "up");
        for (var number = 1; number <= _hosts; number++)
        {
            var (host, plug) = (Host(number), string.Create(CultureInfo.InvariantCulture, $"plug{number}"));
            Shell.Run("ip", "netns", "add", host);
            Shell.Run(
                "ip", "-n", Bridge, "link", "add", plug, "type", "veth", "peer", "name", "eth0", "netns", host);
            Shell.Run("ip", "-n", Bridge, "link", "set", plug, "master", "br0", "up");
            Shell.Run("ip", "-n", host, "address", "add", $"{AddressOf(number)}/24", "dev", "eth0");
            Shell.Run("ip", "-n", host, "link", "set", "eth0", "up");
            Shell.Run("ip", "-n", host, "link", "set", "lo", "up");
        }
    }
}
