namespace TrainingCluster.EngineTests.Cluster.Membership;

/// <summary>Stands still until it is moved; its calendar means nothing.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _now = 1_000;

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => _now;

    public void Move(double seconds) => _now += (long)(seconds * TimestampFrequency);
}
