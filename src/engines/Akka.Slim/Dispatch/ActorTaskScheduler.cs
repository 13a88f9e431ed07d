using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// Runs the continuations of an actor's asynchronous handlers on that actor, one at a time.
/// </summary>
public sealed class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;

    public override int MaximumConcurrencyLevel => 1;

    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>
    /// Starts the task on the running actor, which handles no user message until it ends; its exception is
    /// the actor's failure.
    /// </summary>
    /// <exception cref="InvalidOperationException">No actor runs on this thread.</exception>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = ActorCell.Current
            ?? throw new InvalidOperationException(
                "RunTask was called outside of an actor; call it in a handler.");
        cell.RunTask(asyncAction);
    }

    internal void ExecuteHere(Task task) => TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    protected override void QueueTask(Task task)
    {
        if ((task.CreationOptions & TaskCreationOptions.LongRunning) != 0)
            ThreadPool.UnsafeQueueUserWorkItem(
                static s => s.Scheduler.TryExecuteTask(s.Task), (Scheduler: this, Task: task), false);
        else
            _cell.SendSystemMessage(new Continuation(this, task));
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(ActorCell.Current, _cell) && TryExecuteTask(task);
}
