namespace TrainingCluster.EngineTests.Simulation.Time;

/// <summary>
/// A number that depends on everything that happened and on its order; and, where wanted, the last of it in words.
/// </summary>
internal sealed class SimTrace
{
    private const ulong Prime = 0x100000001B3;

    public ulong Hash { get; private set; } = 0xCBF29CE484222325;

    public long Steps { get; private set; }

    /// <summary>Gets every entry; null costs nothing.</summary>
    public Action<string>? Listener { get; set; }

    public void Add(long now, string node, string what, string detail, long number = 0)
    {
        Steps++;
        var hash = Mix(Mix(Hash, (ulong)now), (ulong)number);
        hash = Mix(Mix(Mix(hash, node), what), detail);
        Hash = hash;
        Listener?.Invoke($"{TimeSpan.FromTicks(now).TotalSeconds,12:F6} {node,-8} {what} {detail} {number}");
    }

    private static ulong Mix(ulong hash, string text)
    {
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * Prime;
        }

        return (hash ^ 0xFF) * Prime;
    }

    private static ulong Mix(ulong hash, ulong number) => (hash ^ number ^ (number >> 32)) * Prime;
}
