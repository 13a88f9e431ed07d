using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>A frame can be read by its receiver.</summary>
internal sealed record FrameStored(int Sender, int Receiver, long Number);

/// <summary>An incarnation can be sent to and sends no more.</summary>
internal sealed record EndpointClosed(int Uid);

/// <summary>Notes what checkers want to know of a transaction.</summary>
internal sealed class NotedQueues(IQueueStatements inner, SimTransaction transaction) : IQueueStatements
{
    public ValueTask OpenEndpoint(int uid, string address) => inner.OpenEndpoint(uid, address);

    public ValueTask CloseEndpoint(int uid)
    {
        transaction.Note(new EndpointClosed(uid));
        return inner.CloseEndpoint(uid);
    }

    public ValueTask<OpenEndpoints> LockEndpoints(int sender, int receiver) => inner.LockEndpoints(sender, receiver);

    public ValueTask InsertFrame(FrameRow frame)
    {
        transaction.Note(new FrameStored(frame.Sender, frame.Receiver, frame.Number));
        return inner.InsertFrame(frame);
    }

    public ValueTask<bool> HasFrames(int receiver) => inner.HasFrames(receiver);

    public ValueTask<IReadOnlyList<FrameRow>> Frames(int receiver, int limit) => inner.Frames(receiver, limit);

    public ValueTask DeleteFrames(int receiver, int sender, long toNumber) =>
        inner.DeleteFrames(receiver, sender, toNumber);

    public ValueTask DeleteFramesOf(int uid) => inner.DeleteFramesOf(uid);
}
