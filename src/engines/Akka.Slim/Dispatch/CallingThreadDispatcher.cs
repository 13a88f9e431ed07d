namespace Akka.Dispatch;

/// <summary>
/// Runs a mailbox on the thread that sends to it, for test actors: a message is there when Tell returns, unless another
/// thread runs the mailbox just then.
/// </summary>
internal sealed class CallingThreadDispatcher(string id) : MessageDispatcher(id, int.MaxValue)
{
    public override void Schedule(Action run) => run();

    internal override void Schedule(Mailbox mailbox) => mailbox.Execute();
}
