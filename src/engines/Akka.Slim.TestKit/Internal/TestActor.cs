using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Puts every message into its test's queue, after the auto-pilot has seen it.</summary>
internal sealed class TestActor(MessageQueue queue) : ActorBase
{
    private Func<object, bool>? _ignore;
    private AutoPilot? _autoPilot;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case SetIgnore ignore:
                _ignore = ignore.Ignore;
                return true;
            case Watch watch:
                Context.Watch(watch.Actor);
                Sender.Tell(Done.Instance);
                return true;
            case Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                Sender.Tell(Done.Instance);
                return true;
            case Spawn spawn:
                Sender.Tell(Context.ActorOf(spawn.Props, spawn.Name));
                return true;
            case SetAutoPilot set:
                _autoPilot = set.AutoPilot;
                return true;
        }
        if (_autoPilot is not null)
        {
            var next = _autoPilot.Run(Sender, message);
            _autoPilot = next switch
            {
                NoAutoPilot => null,
                KeepRunning => _autoPilot,
                _ => next,
            };
        }
        if (_ignore is null || !_ignore(message))
            queue.Add(new MessageEnvelope(message, Sender));
        return true;
    }

    internal sealed record SetIgnore(Func<object, bool>? Ignore);

    internal sealed record Watch(IActorRef Actor);

    internal sealed record Unwatch(IActorRef Actor);

    internal sealed record Spawn(Props Props, string? Name);

    internal sealed record SetAutoPilot(AutoPilot AutoPilot);
}
