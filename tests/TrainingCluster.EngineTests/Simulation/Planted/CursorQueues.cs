using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Planted;

/// <summary>The order in which all frames were inserted, as a sequence of the database gives it.</summary>
internal sealed class InsertOrder
{
    private readonly Dictionary<(int Receiver, int Sender, long Number), long> _numbers = [];

    public void Inserted(FrameRow frame) =>
        _numbers.TryAdd((frame.Receiver, frame.Sender, frame.Number), _numbers.Count + 1);

    public long Of(FrameRow frame) => _numbers[(frame.Receiver, frame.Sender, frame.Number)];
}

/// <summary>
/// Reads the queue from where it has been read to, by the order of inserting: what an earlier transaction inserts and
/// commits late is never seen.
/// </summary>
/// <param name="inner">The real statements.</param>
/// <param name="order">Of all hosts.</param>
/// <param name="cursors">This host's, by receiver.</param>
internal sealed class CursorQueues(IQueueStatements inner, InsertOrder order, Dictionary<int, long> cursors)
    : IQueueStatements
{
    public ValueTask OpenEndpoint(int uid, string address) => inner.OpenEndpoint(uid, address);

    public ValueTask CloseEndpoint(int uid) => inner.CloseEndpoint(uid);

    public ValueTask<OpenEndpoints> LockEndpoints(int sender, int receiver) => inner.LockEndpoints(sender, receiver);

    public ValueTask InsertFrame(FrameRow frame)
    {
        order.Inserted(frame);
        return inner.InsertFrame(frame);
    }

    public ValueTask<bool> HasFrames(int receiver) => inner.HasFrames(receiver);

    public async ValueTask<IReadOnlyList<FrameRow>> Frames(int receiver, int limit)
    {
        var cursor = cursors.GetValueOrDefault(receiver);
        var frames = (await inner.Frames(receiver, limit)).Where(frame => order.Of(frame) > cursor)
            .OrderBy(order.Of).ToList();
        if (frames.Count > 0)
        {
            cursors[receiver] = order.Of(frames[^1]);
        }

        return frames;
    }

    public ValueTask DeleteFrames(int receiver, int sender, long toNumber) =>
        inner.DeleteFrames(receiver, sender, toNumber);

    public ValueTask DeleteFramesOf(int uid) => inner.DeleteFramesOf(uid);
}
