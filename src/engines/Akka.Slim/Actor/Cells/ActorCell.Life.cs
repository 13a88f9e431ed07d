using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>From the first incarnation to the end.</summary>
internal sealed partial class ActorCell
{
    private void Create()
    {
        try
        {
            NewActor();
            _actor!.AroundPreStart();
            if (_system.Settings.DebugLifecycle)
                Publish(new Debug(_self.Path.ToString(), LogClass, $"Started ({LogClass})"));
            RearmReceiveTimeout(influenced: true);
        }
        catch (Exception e)
        {
            if (_actor is not null)
            {
                ReleaseActor(_actor);
                _actor = null;
            }
            _timers?.CancelAll();
            _failedFatally = true;
            HandleInvokeFailure(
                new ActorInitializationException(
                    _self, $"{_props.Type.Name} could not be started: {e.Message}", e),
                exceptFor: null);
        }
    }

    private void NewActor()
    {
        _outerBehaviors = null;
        var actor = _props.NewActor()
            ?? throw new ActorInitializationException(
                _self, $"The props of {_self} produced null; return an actor.");
        _actor = actor;
        _behavior ??= actor.DefaultReceive;
    }

    /// <summary>
    /// Gives the stash and the timers that the actor's interfaces ask for, before its own constructor runs.
    /// </summary>
    internal void Equip(ActorBase actor)
    {
        if (actor is IActorStash stashing)
            stashing.Stash = new ActorStash(this, stashing is IWithUnboundedStash ? -1 : _props.StashCapacity);
        if (actor is IWithTimers timed)
            timed.Timers = Timers;
    }

    /// <summary>
    /// After the last call of an incarnation: what it stashed goes back, its timers and behaviour end.
    /// </summary>
    private void ReleaseActor(ActorBase actor)
    {
        if (actor.IsReleased)
            return;
        _timers?.CancelAll();
        try
        {
            (actor as IActorStash)?.Stash?.UnstashAll();
            _props.Release(actor);
            (actor as IDisposable)?.Dispose();
        }
        catch (Exception e)
        {
            Publish(new Error(e, _self.Path.ToString(), LogClass, $"Releasing {actor.GetType()} failed"));
        }
        actor.Clear(_self);
        _behavior = null;
        _outerBehaviors = null;
        _currentMessage = null;
        _sender = null;
    }

    private void Terminate()
    {
        SetReceiveTimeout(null);
        UnwatchAll();
        StopChildren();
        var wasTerminating = IsTerminating;
        if (!WaitForChildren(ChildrenWait.Termination, cause: null))
        {
            FinishTerminate();
            return;
        }
        if (wasTerminating)
            return;
        _mailbox.Suspend();
        // Failures from now on concern nobody: the supervisor has already let go.
        _perpetrator = _self;
    }

    private void FinishTerminate()
    {
        // An incarnation that a restart has already released had its PostStop then.
        var actor = _actor is { IsReleased: false } ? _actor : null;
        try
        {
            actor?.AroundPostStop();
        }
        catch (Exception e)
        {
            Publish(new Error(e, _self.Path.ToString(), LogClass, $"PostStop failed: {e.Message}"));
        }
        if (actor is not null)
            ReleaseActor(actor);
        _timers?.CancelAll();
        if (_system.Settings.DebugLifecycle)
            Publish(new Debug(_self.Path.ToString(), LogClass, "Stopped"));
        _actor = null;
        _mailbox.Close();
        Dispatcher.Detach(this);
        _parent.SendSystemMessage(new DeathWatchNotification(_self, true, false));
        TellWatchersWeDied();
        UnwatchAll();
        DropStashedSystem();
        _props = TerminatedProps;
    }

    private void DropStashedSystem()
    {
        for (var message = _stashedSystem; message is not null;)
        {
            var next = message.Next;
            message.Next = null;
            SystemMessageToDead(message);
            message = next;
        }
        _stashedSystem = null;
    }
}
