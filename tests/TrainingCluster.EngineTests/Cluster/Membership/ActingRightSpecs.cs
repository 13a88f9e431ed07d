using Akka.Cluster.Membership;

namespace TrainingCluster.EngineTests.Cluster.Membership;

public sealed class ActingRightSpecs
{
    private readonly ManualClock _clock = new();
    private readonly ActingRight _right;

    public ActingRightSpecs() => _right = new ActingRight(_clock);

    [Fact]
    public void A_right_that_is_extended_in_time_never_ended()
    {
        _right.ExtendTo(In(10));
        _clock.Move(9);

        Assert.True(_right.ExtendTo(In(10)));
        Assert.True(_right.MayAct);
    }

    // A process that was frozen may renew its lease before anybody has noticed that the right had ended.
    [Fact]
    public void A_right_that_is_extended_too_late_tells_so()
    {
        Assert.False(_right.ExtendTo(In(10)));
        _clock.Move(10);
        Assert.False(_right.MayAct);

        Assert.False(_right.ExtendTo(In(10)));
        Assert.True(_right.MayAct);
        Assert.True(_right.ExtendTo(In(11)));
    }

    private long In(double seconds) => _clock.GetTimestamp() + (long)(seconds * _clock.TimestampFrequency);
}
