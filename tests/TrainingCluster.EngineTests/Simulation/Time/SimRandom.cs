namespace TrainingCluster.EngineTests.Simulation.Time;

/// <summary>A stream of numbers from a seed (splitmix64), the same on every machine and version.</summary>
internal sealed class SimRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong NextBits()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to 1, without 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 to <paramref name="limit"/>, without it.</summary>
    public int Below(int limit) => (int)(NextDouble() * limit);

    public bool Chance(double probability) => NextDouble() < probability;

    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * NextDouble());

    /// <summary>Mostly near the least, sometimes far from it.</summary>
    public TimeSpan Skewed(TimeSpan least, TimeSpan most)
    {
        var share = NextDouble();
        return least + ((most - least) * (share * share * share * share));
    }

    public T Pick<T>(IReadOnlyList<T> among) => among[Below(among.Count)];

    /// <summary>Another stream, which this one's later use does not change.</summary>
    public SimRandom Fork() => new(NextBits());
}
