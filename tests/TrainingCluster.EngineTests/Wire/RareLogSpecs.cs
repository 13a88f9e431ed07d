using Akka.Event;
using Akka.TestKit.Xunit2;
using Akka.Wire;

namespace TrainingCluster.EngineTests.Wire;

public sealed class RareLogSpecs : TestKit
{
    [Fact]
    public void Each_kind_is_logged_once_a_minute_with_the_number_left_out()
    {
        var clock = new Clock();
        var log = new RareLog(Logging.GetLogger(Sys, "source"), clock);
        Sys.EventStream.Subscribe(TestActor, typeof(Warning));

        log.Warning("kind", "text {0}", 1);
        log.Warning("kind", "text {0}", 2);
        log.Warning("kind", "text {0}", 3);
        log.Warning("other", "other text");
        clock.Seconds += 60;
        log.Warning("kind", "text {0}", 4);

        Assert.Equal("text 1", Next());
        Assert.Equal("other text", Next());
        Assert.Equal("text 4 (2 more of this kind since the last one logged)", Next());
        ExpectNoMsg(50);
    }

    private string Next() => ExpectMsg<Warning>().Message.ToString()!;

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
