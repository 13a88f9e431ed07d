using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Runs an asynchronous test's continuations with the test actor as the implicit sender.</summary>
internal sealed class ActorCellKeepingContext(ActorCell cell) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static work => work.Context.Run(work.Callback, work.State),
            (Context: this, Callback: d, State: state),
            preferLocal: false);

    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);

    private void Run(SendOrPostCallback callback, object? state)
    {
        var outerContext = Current;
        var outerCell = ActorCell.Enter(cell);
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            ActorCell.Enter(outerCell);
            SetSynchronizationContext(outerContext);
        }
    }
}
