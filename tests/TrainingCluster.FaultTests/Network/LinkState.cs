namespace TrainingCluster.FaultTests.Network;

/// <summary>What a link does with bytes, for each way.</summary>
/// <param name="ToStore">Whether what the node sends gets through.</param>
/// <param name="ToNode">Whether what the store sends gets through.</param>
/// <param name="Delay">By how much each piece from the store is late.</param>
internal sealed record LinkState(bool ToStore, bool ToNode, TimeSpan Delay)
{
    public static LinkState Open { get; } = new(true, true, TimeSpan.Zero);

    /// <summary>Nothing gets through and nobody is told: what a partition is like.</summary>
    public static LinkState Cut { get; } = new(false, false, TimeSpan.Zero);

    /// <summary>The store hears the node, the node does not hear the store.</summary>
    public static LinkState Deaf { get; } = new(true, false, TimeSpan.Zero);

    /// <summary>The node hears the store, the store does not hear the node.</summary>
    public static LinkState Mute { get; } = new(false, true, TimeSpan.Zero);

    public static LinkState Slow(TimeSpan delay) => new(true, true, delay);
}
