using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Turns messages into <see cref="DeadLetter"/> events, and answers for the dead.</summary>
internal sealed class DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
    : EmptyActorRef(provider, path, eventStream)
{
    protected override void TellInternal(object message, IActorRef? sender)
    {
        switch (message)
        {
            case DeadLetter dead:
                if (!AnswerForTheDead(dead.Message, dead.Sender, ActorRefs.Nobody))
                    Publish(dead.Message, dead, suppressedFor: this);
                break;
            default:
                if (!AnswerForTheDead(message, sender, ActorRefs.Nobody))
                    Publish(message, new DeadLetter(message, sender ?? this, this));
                break;
        }
    }
}

/// <summary>Stands where no actor is: as the dead letters, with a path of its own as the recipient.</summary>
internal class EmptyActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
    : MinimalActorRef
{
    public override ActorPath Path { get; } = path;

    public override IActorRefProvider Provider { get; } = provider;

    public override bool IsTerminated => true;

    public override void SendSystemMessage(SystemMessage message)
    {
        if (message is Watch watch && !watch.Watcher.Equals(this))
        {
            watch.Watcher.SendSystemMessage(
                new DeathWatchNotification(
                    watch.Watchee, existenceConfirmed: false, addressTerminated: false));
        }
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (message is DeadLetter)
            Provider.DeadLetters.Tell(message, sender);
        else if (!AnswerForTheDead(message, sender, null))
            Publish(message, new DeadLetter(message, sender ?? Provider.DeadLetters, this));
    }

    protected static bool AnswerForTheDead(object message, IActorRef? sender, IActorRef? subject)
    {
        switch (message)
        {
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, subject), ActorRefs.NoSender);
                return true;
            case ActorSelectionMessage { Message: Identify identify }:
                sender?.Tell(new ActorIdentity(identify.MessageId, subject), ActorRefs.NoSender);
                return true;
            default:
                return false;
        }
    }

    /// <param name="message">What was sent.</param>
    /// <param name="letter">To publish.</param>
    /// <param name="suppressedFor">The recipient a suppressed letter names, where it is not the letter's.</param>
    protected void Publish(object message, DeadLetter letter, IActorRef? suppressedFor = null)
    {
        var unwrapped = message is ActorSelectionMessage selection ? selection.Message : message;
        var recipient = letter.Recipient;
        eventStream.Publish(unwrapped is IDeadLetterSuppression suppressed
            ? new SuppressedDeadLetter(suppressed, letter.Sender, suppressedFor ?? recipient)
            : ReferenceEquals(unwrapped, letter.Message)
                ? letter : new DeadLetter(unwrapped, letter.Sender, recipient));
    }
}
