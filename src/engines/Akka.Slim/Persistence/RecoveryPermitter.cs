using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

internal sealed record RequestRecoveryPermit : INoSerializationVerificationNeeded
{
    public static RequestRecoveryPermit Instance { get; } = new();
}

internal sealed record RecoveryPermitGranted : INoSerializationVerificationNeeded
{
    public static RecoveryPermitGranted Instance { get; } = new();
}

internal sealed record ReturnRecoveryPermit : INoSerializationVerificationNeeded
{
    public static ReturnRecoveryPermit Instance { get; } = new();
}

/// <summary>
/// Lets a limited number of actors recover at a time, in the order of asking, so that a start of thousands
/// does not drown the journal. Created by the extension; a permit comes back by message or by its holder's
/// end.
/// </summary>
internal sealed class RecoveryPermitter : UntypedActor
{
    private readonly int _maximum;
    private readonly HashSet<IActorRef> _holders = [];
    private readonly Queue<IActorRef> _waiting = [];

    public RecoveryPermitter(int maximum) => _maximum = maximum;

    public static Props Props(int maximum) => Actor.Props.Create(() => new RecoveryPermitter(maximum));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RequestRecoveryPermit when _holders.Contains(Sender):
                // Restarted in the middle of its recovery.
                Sender.Tell(RecoveryPermitGranted.Instance, Self);
                break;
            case RequestRecoveryPermit:
                Context.Watch(Sender);
                _waiting.Enqueue(Sender);
                Grant();
                break;
            case ReturnRecoveryPermit:
                Context.Unwatch(Sender);
                Return(Sender);
                break;
            case Terminated terminated:
                Return(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Return(IActorRef actor)
    {
        if (!_holders.Remove(actor) && _waiting.Contains(actor))
        {
            RemoveWaiting(actor);
        }

        Grant();
    }

    private void Grant()
    {
        while (_holders.Count < _maximum && _waiting.TryDequeue(out var next))
        {
            _holders.Add(next);
            next.Tell(RecoveryPermitGranted.Instance, Self);
        }
    }

    private void RemoveWaiting(IActorRef actor)
    {
        var others = _waiting.Where(waiting => !waiting.Equals(actor)).ToList();
        _waiting.Clear();
        others.ForEach(_waiting.Enqueue);
    }
}
