using System.Globalization;

namespace TrainingCluster.EngineNode;

/// <summary>What the process is told on its command line; <c>--name value</c> each.</summary>
internal sealed record NodeOptions
{
    public required string Node { get; init; }

    /// <summary>With the host it is the node's identity; nothing listens there.</summary>
    public required int Port { get; init; }

    public required string LogFile { get; init; }

    public string Host { get; init; } = "127.0.0.1";

    public string Cluster { get; init; } = "faults";

    /// <summary>As <c>akka-slim.store</c> has it.</summary>
    public string Provider { get; init; } = "";

    public string ConnectionString { get; init; } = "";

    public string PasswordFile { get; init; } = "";

    /// <summary>Of journal and snapshots; null = events in memory.</summary>
    public string? Journal { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    public int MinimumMembers { get; init; } = 1;

    public int Entities { get; init; } = 20;

    /// <summary>Whether clients send commands and nodes send heartbeats.</summary>
    public bool HasLoad { get; init; } = true;

    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(400);

    public TimeSpan Retry { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Exit code of a node that was taken out; null = it comes back as a new incarnation.</summary>
    public int? ExitWhenRemoved { get; init; }

    /// <summary>Instead of running a node, writes all events of the journal to the log.</summary>
    public bool IsDump { get; init; }

    /// <summary>Ends the process when its standard input ends, as it does with the parent.</summary>
    public bool EndsWithInput { get; init; }

    /// <summary>Settings in place of the program's, <c>key=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <exception cref="ArgumentException">A name is unknown, or a value missing or wrong.</exception>
    public static NodeOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new NodeOptions { Node = "", Port = 0, LogFile = "" };
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count)
            {
                throw new ArgumentException($"{arguments[i]} needs a value");
            }

            options = options.With(arguments[i], arguments[i + 1]);
        }

        return options.Node != "" && options.LogFile != ""
            ? options
            : throw new ArgumentException("--node and --log are needed");
    }

    private NodeOptions With(string name, string value) => name switch
    {
        "--node" => this with { Node = value },
        "--host" => this with { Host = value },
        "--port" => this with { Port = Number(name, value) },
        "--log" => this with { LogFile = value },
        "--cluster" => this with { Cluster = value },
        "--provider" => this with { Provider = value },
        "--store" => this with { ConnectionString = value },
        "--password-file" => this with { PasswordFile = value },
        "--journal" => this with { Journal = value },
        "--roles" => this with { Roles = value.Split(',', StringSplitOptions.RemoveEmptyEntries) },
        "--min-members" => this with { MinimumMembers = Number(name, value) },
        "--entities" => this with { Entities = Number(name, value) },
        "--load" => this with { HasLoad = value == "on" },
        "--pause-ms" => this with { Pause = TimeSpan.FromMilliseconds(Number(name, value)) },
        "--retry-ms" => this with { Retry = TimeSpan.FromMilliseconds(Number(name, value)) },
        "--exit-when-removed" => this with { ExitWhenRemoved = Number(name, value) },
        "--dump" => this with { IsDump = value == "on" },
        "--ends-with-input" => this with { EndsWithInput = value == "on" },
        "--set" => this with { Settings = [.. Settings, value] },
        _ => throw new ArgumentException($"{name} is unknown"),
    };

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"{name} must be a whole number, not '{value}'");
}
