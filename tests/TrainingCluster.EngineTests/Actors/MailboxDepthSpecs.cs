using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class MailboxDepthSpecs()
    : TestKit("one-at-a-time { type = Dispatcher, throughput = 1 }\nakka.loglevel = OFF")
{
    [Fact]
    public async Task Each_turn_of_a_mailbox_reports_how_many_messages_it_leaves_waiting()
    {
        var depths = new ConcurrentQueue<int>();
        using var listener = Listen(depths);
        using var gate = new ManualResetEventSlim();
        var actor = Sys.ActorOf(Props.Create(() => new Gated(gate)).WithDispatcher("one-at-a-time"));
        for (var i = 0; i < 4; i++)
        {
            actor.Tell(i);
        }

        gate.Set();
        await actor.GracefulStop(TimeSpan.FromSeconds(10), "stop");

        Assert.Contains(3, depths);
        Assert.Contains(0, depths);
        Assert.InRange(depths.Max(), 3, 4);
    }

    private static MeterListener Listen(ConcurrentQueue<int> depths)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "akka.actor.mailbox.depth")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, depth, tags, _) =>
        {
            if (tags.Contains(new KeyValuePair<string, object?>("dispatcher", "one-at-a-time")))
            {
                depths.Enqueue(depth);
            }
        });
        listener.Start();
        return listener;
    }

    private sealed class Gated(ManualResetEventSlim gate) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            gate.Wait(TimeSpan.FromSeconds(10));
            if (message is "stop")
            {
                Context.Stop(Self);
            }
        }
    }
}
