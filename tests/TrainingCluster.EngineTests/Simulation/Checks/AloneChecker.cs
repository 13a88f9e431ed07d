namespace TrainingCluster.EngineTests.Simulation.Checks;

/// <summary>
/// Of each key at most one instance acts: a new one begins only when the right of all others has ended, and none of
/// them ever begins to handle a message again.
/// </summary>
internal sealed class AloneChecker : IChecker
{
    private readonly Dictionary<string, Holder> _holders = [];

    /// <summary>How often a key passed from one instance to another.</summary>
    public long TakeOvers { get; private set; }

    public void See(Observation observation)
    {
        if (observation is not ActorBegins begins)
        {
            return;
        }

        if (!_holders.TryGetValue(begins.Key, out var holder))
        {
            _holders.Add(begins.Key, holder = new Holder(begins.Instance));
        }

        if (holder.Present == begins.Instance)
        {
            return;
        }

        if (holder.Former.Contains(begins.Instance))
        {
            throw new ViolationException(
                $"Instance {begins.Instance} of {begins.Key} acts again after instance {holder.Present} has begun.");
        }

        if (begins.OthersWithRight.Count > 0)
        {
            throw new ViolationException(
                $"Instance {begins.Instance} of {begins.Key} begins while instances "
                + $"{string.Join(", ", begins.OthersWithRight)} may still act.");
        }

        TakeOvers++;
        holder.Former.Add(holder.Present);
        holder.Present = begins.Instance;
    }

    private sealed class Holder(long present)
    {
        public long Present { get; set; } = present;

        public HashSet<long> Former { get; } = [];
    }
}
