using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// One thread for each actor that uses it, from the actor's start to its end: for handlers that block or
/// compute for long.
/// </summary>
internal sealed class PinnedDispatcher(string id, int throughput) : MessageDispatcher(id, throughput)
{
    private readonly ConcurrentDictionary<ActorCell, PinnedThread> _threads = new();

    public override void Schedule(Action run) =>
        ThreadPool.UnsafeQueueUserWorkItem(static action => action(), run, preferLocal: false);

    internal override void Schedule(Mailbox mailbox)
    {
        if (_threads.TryGetValue(mailbox.Cell, out var thread) && thread.TryPost(mailbox))
            return;
        // The actor has ended; what is left of the run does no user work.
        ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: false);
    }

    internal override void Attach(ActorCell cell) =>
        _threads[cell] = new PinnedThread($"{Id}-{cell.Self.Path.ToStringWithoutAddress()}");

    internal override void Detach(ActorCell cell)
    {
        if (_threads.TryRemove(cell, out var thread))
            thread.Finish();
    }

    internal override void Shutdown()
    {
        foreach (var cell in _threads.Keys)
            Detach(cell);
    }

    private sealed class PinnedThread
    {
        private readonly BlockingCollection<Mailbox> _runs = [];

        public PinnedThread(string name) => new Thread(Loop) { IsBackground = true, Name = name }.Start();

        public bool TryPost(Mailbox mailbox)
        {
            try
            {
                return !_runs.IsAddingCompleted && _runs.TryAdd(mailbox);
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }

        public void Finish() => _runs.CompleteAdding();

        private void Loop()
        {
            foreach (var mailbox in _runs.GetConsumingEnumerable())
                mailbox.Execute();
        }
    }
}
