using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs dead letters, as many as akka.log-dead-letters says. Started by the system.</summary>
internal sealed class DeadLetterListener : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly int _most = Context.System.Settings.LogDeadLetters;
    private int _count;

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));

    protected override void OnReceive(object message)
    {
        if (message is not DeadLetter letter || _count == _most)
            return;
        _count++;
        var last = _count == _most ? " No more dead letters will be logged." : "";
        _log.Info(
            "Message [{0}] from {1} to {2} was not delivered. [{3}] dead letters encountered.{4}",
            letter.Message.GetType().Name, letter.Sender, letter.Recipient, _count, last);
    }
}

/// <summary>Logs unhandled messages when akka.actor.debug.unhandled is on. Started by the system.</summary>
internal sealed class UnhandledMessageForwarder : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is UnhandledMessage unhandled)
        {
            Context.System.EventStream.Publish(new Debug(
                unhandled.Recipient.Path.ToString(),
                unhandled.Recipient.GetType(),
                $"Unhandled message from {unhandled.Sender} : {unhandled.Message}"));
        }
    }
}
