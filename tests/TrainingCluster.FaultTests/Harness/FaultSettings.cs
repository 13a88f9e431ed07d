namespace TrainingCluster.FaultTests.Harness;

/// <summary>
/// How fast leases end, and how long faults last. Fast ones for every test run; those of the product where
/// the environment says <c>FAULTS=real</c>.
/// </summary>
internal sealed record FaultSettings
{
    private static readonly FaultSettings Fast = new()
    {
        Ttl = TimeSpan.FromSeconds(3),
        RenewInterval = TimeSpan.FromMilliseconds(300),
        Margin = TimeSpan.FromMilliseconds(900),
        RenewalTimeout = TimeSpan.FromMilliseconds(500),
        StoreTimeout = TimeSpan.FromSeconds(2),
        Freeze = TimeSpan.FromSeconds(6),
        Outage = TimeSpan.FromSeconds(6),
        Lag = TimeSpan.FromMilliseconds(900),
        WriteLock = TimeSpan.FromSeconds(6),
    };

    private static readonly FaultSettings Real = new()
    {
        Ttl = TimeSpan.FromSeconds(10),
        RenewInterval = TimeSpan.FromSeconds(1),
        Margin = TimeSpan.FromSeconds(3),
        RenewalTimeout = TimeSpan.FromSeconds(1),
        StoreTimeout = TimeSpan.FromSeconds(10),
        Freeze = TimeSpan.FromSeconds(20),
        Outage = TimeSpan.FromSeconds(60),
        Lag = TimeSpan.FromSeconds(3),
        WriteLock = TimeSpan.FromSeconds(30),
    };

    public static bool AreReal => Environment.GetEnvironmentVariable("FAULTS") == "real";

    public static FaultSettings Present => AreReal ? Real : Fast;

    /// <summary>The product's own, whatever the environment says.</summary>
    public static FaultSettings OfTheProduct => Real;

    public required TimeSpan Ttl { get; init; }

    public required TimeSpan RenewInterval { get; init; }

    public required TimeSpan Margin { get; init; }

    public required TimeSpan RenewalTimeout { get; init; }

    /// <summary>
    /// Of anything but renewals. It also limits for how long a node that vanishes amid a transaction keeps
    /// others from its rows.
    /// </summary>
    public required TimeSpan StoreTimeout { get; init; }

    /// <summary>How long a process is stopped.</summary>
    public required TimeSpan Freeze { get; init; }

    /// <summary>How long the store is away, or a node is cut off from it.</summary>
    public required TimeSpan Outage { get; init; }

    /// <summary>By how much each answer of a slow store is late.</summary>
    public required TimeSpan Lag { get; init; }

    /// <summary>How long somebody else holds SQLite's write lock.</summary>
    public required TimeSpan WriteLock { get; init; }

    /// <summary>How soon others must act in place of a node whose process is gone.</summary>
    public TimeSpan TakeOver => Ttl + TimeSpan.FromSeconds(3);

    /// <summary>
    /// The same of one that is there and does not reach the store; what it has begun there must end first.
    /// </summary>
    public TimeSpan Replacement => Ttl + TimeSpan.FromSeconds(5);

    /// <summary>
    /// How soon all is well after a fault has ended: nodes find out that they were removed, and join again.
    /// </summary>
    public TimeSpan Recovery => (2 * Ttl) + TimeSpan.FromSeconds(10);

    public IEnumerable<string> AsHocon() =>
    [
        $"akka-slim.lease.ttl = {Milliseconds(Ttl)}",
        $"akka-slim.lease.renew-interval = {Milliseconds(RenewInterval)}",
        $"akka-slim.lease.margin = {Milliseconds(Margin)}",
        $"akka-slim.lease.unreachable-after = {Milliseconds(Margin)}",
        $"akka-slim.lease.timeout = {Milliseconds(RenewalTimeout)}",
        $"akka-slim.store.timeout = {Milliseconds(StoreTimeout)}",
    ];

    private static string Milliseconds(TimeSpan span) => $"{(long)span.TotalMilliseconds}ms";
}
