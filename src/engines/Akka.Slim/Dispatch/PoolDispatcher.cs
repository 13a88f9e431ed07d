namespace Akka.Dispatch;

/// <summary>Runs mailboxes on the process-wide thread pool.</summary>
internal sealed class PoolDispatcher(string id, int throughput) : MessageDispatcher(id, throughput)
{
    public override void Schedule(Action run) =>
        ThreadPool.UnsafeQueueUserWorkItem(static action => action(), run, preferLocal: false);

    internal override void Schedule(Mailbox mailbox) =>
        ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: true);
}
