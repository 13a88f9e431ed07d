namespace Akka.Actor;

/// <summary>Root of the engine's own exceptions.</summary>
public abstract class AkkaException : Exception
{
    protected AkkaException()
    {
    }

    protected AkkaException(string? message, Exception? cause = null)
        : base(message, cause)
    {
    }

    protected Exception? Cause => InnerException;
}

/// <summary>The name given to ActorOf is malformed or taken.</summary>
public sealed class InvalidActorNameException(string message, Exception? innerException = null)
    : AkkaException(message, innerException);

/// <summary>A null message was sent.</summary>
public sealed class InvalidMessageException(string message) : AkkaException(message)
{
    public InvalidMessageException()
        : this("The message is null.")
    {
    }
}

/// <summary>No answer came within the time given to Ask.</summary>
public class AskTimeoutException(string message) : AkkaException(message);

/// <summary>An actor's constructor or PreStart threw; the cause is the inner exception.</summary>
public class ActorInitializationException : AkkaException
{
    public ActorInitializationException()
    {
    }

    public ActorInitializationException(string message)
        : base(message)
    {
    }

    public ActorInitializationException(string message, Exception? cause)
        : base(message, cause)
    {
    }

    public ActorInitializationException(IActorRef? actor, string message, Exception? cause = null)
        : base(message, cause) => Actor = actor;

    public IActorRef? Actor { get; }

    public override string ToString() => Actor is null ? base.ToString() : $"{Actor}: {base.ToString()}";
}

/// <summary>PreRestart threw; it is logged and the restart goes on.</summary>
public sealed class PreRestartException(
    IActorRef actor, Exception restartException, Exception cause, object? optionalMessage)
    : ActorInitializationException(
        actor, $"PreRestart threw while {cause.GetType().Name} was handled", restartException)
{
    public object? OptionalMessage { get; } = optionalMessage;
}

/// <summary>The constructor or PostRestart of the new incarnation threw.</summary>
public class PostRestartException : ActorInitializationException
{
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, $"PostRestart threw after a restart caused by {originalCause.GetType().Name}", cause) =>
        OriginalCause = originalCause;

    public Exception OriginalCause { get; }
}

/// <summary>Thrown in an actor by <see cref="Kill"/>.</summary>
public sealed class ActorKilledException(string message) : AkkaException(message);

/// <summary>An actor did not handle the <see cref="Terminated"/> of one it watched.</summary>
public sealed class DeathPactException(IActorRef deadActor)
    : AkkaException($"Monitored actor [{deadActor}] terminated, and Terminated was not handled.")
{
    public IActorRef DeadActor { get; } = deadActor;
}

/// <summary>An actor's API was used in a state that does not allow it.</summary>
public sealed class IllegalActorStateException(string message) : AkkaException(message);

/// <summary>A bounded stash is full.</summary>
public sealed class StashOverflowException(string message, Exception? cause = null)
    : AkkaException(message, cause);
