using Akka.Persistence.Journal;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Persistence;

public sealed class ResequencerSpecs : TestKit
{
    [Fact]
    public void Answers_that_come_early_wait_for_those_of_earlier_requests()
    {
        var resequencer = new Resequencer();
        var (first, second) = (resequencer.TakeTicket(), resequencer.TakeTicket());

        resequencer.Send(second, [new Resequencer.Answer("second", TestActor, null)]);
        ExpectNoMsg(50);
        resequencer.Send(first, [new Resequencer.Answer("first", TestActor, null)]);

        ExpectMsg("first");
        ExpectMsg("second");
    }
}
