namespace Akka.Dispatch;

/// <summary>Gives mailboxes threads to run on.</summary>
public abstract class MessageDispatcher
{
    private protected MessageDispatcher(string id, int throughput)
    {
        Id = id;
        Throughput = Math.Max(1, throughput);
    }

    /// <summary>The configuration path it was made from.</summary>
    public string Id { get; }

    /// <summary>Messages one run of a mailbox may handle before it gives the thread back.</summary>
    public int Throughput { get; }

    /// <summary>Runs an action on one of this dispatcher's threads.</summary>
    public abstract void Schedule(Action run);

    internal abstract void Schedule(Mailbox mailbox);

    internal virtual void Attach(Actor.ActorCell cell)
    {
    }

    internal virtual void Detach(Actor.ActorCell cell)
    {
    }

    internal virtual void Shutdown()
    {
    }
}
