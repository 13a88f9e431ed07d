using Akka.Dispatch;

namespace TrainingCluster.EngineTests.Simulation.Time;

/// <summary>
/// Runs mailboxes as events of the loop, one message at a time and after delays from the seed, so that actors take
/// turns in any order.
/// </summary>
internal sealed class SimDispatcher(string id, SimHost host) : MessageDispatcher(id, throughput: 1)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMicroseconds(300);
    private static readonly TimeSpan Rare = TimeSpan.FromMilliseconds(30);

    public override void Schedule(Action run)
    {
        host.Loop.AssertThread();
        host.Loop.Post(host, Delay(), run);
    }

    internal override void Schedule(Mailbox mailbox)
    {
        host.Loop.AssertThread();
        host.Loop.Post(host, Delay(), () =>
        {
            var loop = host.Loop;
            loop.Trace.Add(loop.Now, host.Name, "run", mailbox.Cell.Self.Path.Name, mailbox.NumberOfMessages);
            mailbox.Execute();
        });
    }

    private TimeSpan Delay()
    {
        var order = host.Loop.Order;
        return order.Chance(0.01) ? order.Between(TimeSpan.Zero, Rare) : order.Skewed(TimeSpan.Zero, Usual);
    }
}
