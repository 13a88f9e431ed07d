using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>How a message reaches the actor.</summary>
internal sealed partial class ActorCell
{
    private ActorTaskScheduler? _taskScheduler;
    private int _runningTasks;
    private SystemMessage? _stashedSystem;

    public ActorTaskScheduler TaskScheduler => _taskScheduler ??= new ActorTaskScheduler(this);

    public void Invoke(object message, IActorRef? sender)
    {
        if (_guard is { MayAct: false })
        {
            // Whoever may act in its place could have begun: not even the actor's own news may reach it.
            ToDeadLetters(message, sender);
            return;
        }

        _currentMessage = message;
        _sender = sender;
        _invocations++;
        var rearmed = _receiveTimeout is not null && PauseReceiveTimeout(message);
        try
        {
            if (message is IAutoReceivedMessage)
                ReceiveAutomatically(message);
            else
                ReceiveMessage(message);
            if (_runningTasks == 0)
            {
                _currentMessage = null;
                _sender = null;
            }
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e, exceptFor: null);
        }
        if (rearmed || _receiveTimeout is not null)
            RearmReceiveTimeout(rearmed);
    }

    /// <summary>Handles a batch in order; what the present state may not see yet is kept for later.</summary>
    public void InvokeSystem(SystemMessage? batch)
    {
        while (batch is not null)
        {
            var message = batch;
            batch = message.Next;
            message.Next = null;
            if (IsTerminated)
            {
                SystemMessageToDead(message);
                continue;
            }
            if (MustWait(message))
            {
                AppendStashed(message);
                continue;
            }
            try
            {
                Handle(message);
            }
            catch (Exception e)
            {
                HandleInvokeFailure(e, exceptFor: null);
            }
            batch = TakeStashedThatMayRun(batch);
        }
    }

    /// <summary>
    /// Hands the message to the behaviour, with timers' and watchers' wrappers already removed.
    /// </summary>
    internal void ReceiveMessage(object message)
    {
        _currentMessage = message;
        _actor!.AroundReceive(_behavior!, message);
    }

    internal void RunTask(Func<Task> start)
    {
        _mailbox.Suspend();
        _runningTasks++;
        var (message, sender) = (_currentMessage, _sender);
        var incarnation = _actor;
        Task<Task>.Factory.StartNew(start, CancellationToken.None, TaskCreationOptions.None, TaskScheduler)
            .Unwrap()
            .ContinueWith(
                task => FinishTask(task, message, sender, incarnation),
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler);
    }

    private void FinishTask(Task task, object? message, IActorRef? sender, ActorBase? incarnation)
    {
        _runningTasks--;
        _mailbox.Resume();
        if (task.IsCompletedSuccessfully)
        {
            if (_runningTasks == 0)
            {
                _currentMessage = null;
                _sender = null;
            }
            RearmReceiveTimeout(Influences(message));
            return;
        }
        Exception cause = task.IsCanceled
            ? new TaskCanceledException(task)
            : task.Exception!.InnerExceptions.Count == 1 ? task.Exception.InnerException! : task.Exception;
        if (incarnation is not null && !ReferenceEquals(incarnation, _actor))
        {
            // The incarnation that started it has been replaced; the new one is not to blame.
            Publish(new Error(
                cause, _self.Path.ToString(), LogClass, $"task of an earlier incarnation: {cause.Message}"));
            return;
        }
        (_currentMessage, _sender) = (message, sender);
        HandleInvokeFailure(cause, exceptFor: null);
    }

    private void Handle(SystemMessage message)
    {
        switch (message)
        {
            case Continuation continuation:
                continuation.Execute();
                break;
            case Create _:
                Create();
                break;
            case Watch watch:
                AddWatcher(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch:
                RemoveWatcher(unwatch.Watchee, unwatch.Watcher);
                break;
            case DeathWatchNotification notification:
                WatchedActorTerminated(notification);
                break;
            case Failed failed:
                HandleFailure(failed);
                break;
            case Recreate recreate:
                FaultRecreate(recreate.Cause);
                break;
            case Suspend:
                FaultSuspend();
                break;
            case Resume resume:
                FaultResume(resume.CausedByFailure);
                break;
            case Terminate _:
                Terminate();
                break;
            default:
                throw new InvalidOperationException(
                    $"{_self} does not know the system message {message.GetType()}.");
        }
    }

    private void ReceiveAutomatically(object message)
    {
        switch (message)
        {
            case Terminated terminated:
                ReceivedTerminated(terminated);
                break;
            case TimerMessage timer:
                ReceivedTimer(timer);
                break;
            case PoisonPill:
                _self.Stop();
                break;
            case Kill:
                throw new ActorKilledException($"Kill was sent to {_self}.");
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            case ActorSelectionMessage selection:
                SelectionDelivery.Deliver(_self, selection, _sender);
                break;
            default:
                ReceiveMessage(message);
                break;
        }
    }

    private bool MustWait(SystemMessage message) =>
        (message.WaitsForChildren && IsWaitingForChildren)
            || (message.WaitsForRecovery && _mailbox.SuspendCount > 0);

    private void AppendStashed(SystemMessage message)
    {
        if (_stashedSystem is null)
        {
            _stashedSystem = message;
            return;
        }
        var last = _stashedSystem;
        while (last.Next is not null)
            last = last.Next;
        last.Next = message;
    }

    /// <summary>
    /// Kept messages go first again, in their order; those that must still wait are kept anew.
    /// </summary>
    private SystemMessage? TakeStashedThatMayRun(SystemMessage? batch)
    {
        if (_stashedSystem is null || !SomeStashedMayRun())
            return batch;
        var first = _stashedSystem;
        _stashedSystem = null;
        var last = first;
        while (last.Next is not null)
            last = last.Next;
        last.Next = batch;
        return first;
    }

    private bool SomeStashedMayRun()
    {
        for (var message = _stashedSystem; message is not null; message = message.Next)
        {
            if (IsTerminated || !MustWait(message))
                return true;
        }
        return false;
    }
}
