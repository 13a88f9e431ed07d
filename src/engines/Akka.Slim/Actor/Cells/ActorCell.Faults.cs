using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Failing, restarting and being supervised.</summary>
internal sealed partial class ActorCell
{
    /// <summary>
    /// Whose failure this cell is suspended for: its own, or that of the child it escalated.
    /// </summary>
    private IActorRef? _perpetrator;

    /// <summary>The present incarnation could not be made or restarted: only a new one helps.</summary>
    private bool _failedFatally;

    private bool IsFailed => _perpetrator is not null;

    internal void HandleInvokeFailure(Exception cause, IReadOnlyCollection<IActorRef>? exceptFor)
    {
        if (IsFailed || IsTerminated)
        {
            // Already suspended and reported; a second failure before the directive has nothing to add but
            // its text.
            if (!IsTerminated)
                Publish(new Error(
                    cause, _self.Path.ToString(), LogClass, $"failed again while failing: {cause.Message}"));
            return;
        }
        try
        {
            _mailbox.Suspend();
            if (_handledFailure is { } escalated)
            {
                _perpetrator = escalated;
                exceptFor = exceptFor is null ? [escalated] : [.. exceptFor, escalated];
            }
            else
            {
                _perpetrator = _self;
            }
            SuspendChildren(exceptFor);
            _parent.SendSystemMessage(new Failed(_self, cause, _self.Path.Uid));
        }
        catch (Exception e)
        {
            Publish(new Error(
                e, _self.Path.ToString(), LogClass, $"emergency stop: failure handling for {cause} failed"));
            StopChildren();
            FinishTerminate();
        }
    }

    /// <summary>Set while the strategy decides about this child.</summary>
    private IActorRef? _handledFailure;

    private void HandleFailure(Failed failed)
    {
        if (_children is not { } children || !children.Contains(failed.Child) || _actor is null)
        {
            Publish(new Debug(
                _self.Path.ToString(), LogClass, $"dropping the failure of the unknown child {failed.Child}"));
            return;
        }
        _handledFailure = failed.Child;
        try
        {
            var strategy = _props.SupervisorStrategy ?? _actor.SupervisorStrategyInternal;
            var handled = strategy.HandleFailure(
                this, failed.Child, failed.Cause, children.StatsOf(failed.Child), children.AllStats);
            if (!handled)
                HandleInvokeFailure(failed.Cause, exceptFor: null);
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e, exceptFor: null);
        }
        finally
        {
            _handledFailure = null;
        }
    }

    private void FaultSuspend()
    {
        _mailbox.Suspend();
        SuspendChildren(exceptFor: null);
    }

    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            FaultCreate();
        }
        else if (_failedFatally && causedByFailure is not null)
        {
            FaultRecreate(causedByFailure);
        }
        else
        {
            var perpetrator = _perpetrator;
            _mailbox.Resume();
            if (causedByFailure is not null)
                _perpetrator = null;
            ResumeChildren(causedByFailure, perpetrator);
        }
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            FaultCreate();
            return;
        }
        if (IsTerminating)
        {
            // Only keeps the count of suspensions balanced.
            FaultResume(causedByFailure: null);
            return;
        }
        var failed = _actor;
        if (_failedFatally)
        {
            // Its constructor may have started timers.
            _timers?.CancelAll();
        }
        else
        {
            var message = _currentMessage;
            try
            {
                failed.AroundPreRestart(cause, message!);
            }
            catch (Exception e)
            {
                var wrapped = new PreRestartException(_self, e, cause, message);
                Publish(new Error(wrapped, _self.Path.ToString(), LogClass, e.Message));
            }
        }
        ReleaseActor(failed);
        if (!WaitForChildren(ChildrenWait.Recreation, cause))
            FinishRecreate(cause);
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = _children?.ToArray() ?? [];
        try
        {
            _mailbox.Resume();
            _perpetrator = null;
            _failedFatally = false;
            NewActor();
            _actor!.AroundPostRestart(cause, null!);
            RearmReceiveTimeout(influenced: true);
            foreach (var survivor in survivors)
                survivor.Restart(cause);
        }
        catch (Exception e)
        {
            _failedFatally = true;
            HandleInvokeFailure(new PostRestartException(_self, e, cause), survivors);
        }
    }

    /// <summary>The first incarnation could not be made: try again from nothing.</summary>
    private void FaultCreate()
    {
        CancelReceiveTimeout();
        StopChildren();
        if (!WaitForChildren(ChildrenWait.Creation, cause: null))
            FinishCreate();
    }

    private void FinishCreate()
    {
        _mailbox.Resume();
        _perpetrator = null;
        Create();
    }

    private void HandleChildTerminated(Children children, IActorRef child)
    {
        var next = children.Remove(child);
        switch (next)
        {
            case ChildrenWait.Recreation:
                FinishRecreate(children.WaitCause!);
                break;
            case ChildrenWait.Creation:
                FinishCreate();
                break;
            case ChildrenWait.Termination:
                FinishTerminate();
                break;
        }
    }
}
