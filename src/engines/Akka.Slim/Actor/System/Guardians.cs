namespace Akka.Actor;

/// <summary>Parent of the top-level actors below /user or /system; what is sent to it is unhandled.</summary>
internal sealed class Guardian : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is not Terminated)
            Context.System.DeadLetters.Tell(new Event.DeadLetter(message, Sender, Self), Sender);
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // The children go on.
    }
}

/// <summary>Parent of the two guardians: when /user has stopped it stops /system, then itself.</summary>
internal sealed class RootGuardian : UntypedActor
{
    private IActorRef _user = ActorRefs.Nobody;
    private IActorRef _system = ActorRefs.Nobody;

    protected override SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.StoppingStrategy;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Guard guard:
                _user = Context.Watch(guard.User);
                _system = Context.Watch(guard.System);
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_user):
                ((ActorSystemImpl)Context.System).UserGuardianStopped();
                Context.Stop(_system);
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_system):
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    internal sealed record Guard(IActorRef User, IActorRef System);
}
