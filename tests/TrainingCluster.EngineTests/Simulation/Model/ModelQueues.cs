using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>Messages on their way in a model of a database.</summary>
internal sealed class ModelQueues(ModelTables tables, ModelTransaction transaction) : IQueueStatements
{
    public async ValueTask OpenEndpoint(int uid, string address)
    {
        await transaction.Begin(nameof(OpenEndpoint));
        await tables.Endpoints.Put(transaction, ModelTables.Whole, uid, new ModelTables.Endpoint(address));
    }

    public async ValueTask CloseEndpoint(int uid)
    {
        await transaction.Begin(nameof(CloseEndpoint));
        if (await tables.Endpoints.Lock(transaction, ModelTables.Whole, uid) is not null)
        {
            await tables.Endpoints.Put(transaction, ModelTables.Whole, uid, null);
        }
    }

    public async ValueTask<OpenEndpoints> LockEndpoints(int sender, int receiver)
    {
        await transaction.Begin(nameof(LockEndpoints));
        // Always in the same order, as a database reads an index.
        var first = await tables.Endpoints.Lock(
            transaction, ModelTables.Whole, Math.Min(sender, receiver), exclusive: false);
        var second = await tables.Endpoints.Lock(
            transaction, ModelTables.Whole, Math.Max(sender, receiver), exclusive: false);
        return sender <= receiver
            ? new OpenEndpoints(first is not null, second is not null)
            : new OpenEndpoints(second is not null, first is not null);
    }

    public async ValueTask InsertFrame(FrameRow frame)
    {
        await transaction.Begin(nameof(InsertFrame));
        await tables.Frames.Insert(transaction, frame.Receiver, (frame.Sender, frame.Number), frame);
    }

    public async ValueTask<bool> HasFrames(int receiver)
    {
        await transaction.Begin(nameof(HasFrames));
        return tables.Frames.Scan(transaction, receiver).Any();
    }

    public async ValueTask<IReadOnlyList<FrameRow>> Frames(int receiver, int limit)
    {
        await transaction.Begin(nameof(Frames));
        return [.. tables.Frames.Scan(transaction, receiver).Take(limit).Select(static frame => frame.Row)];
    }

    public async ValueTask DeleteFrames(int receiver, int sender, long toNumber)
    {
        await transaction.Begin(nameof(DeleteFrames));
        await Delete(receiver, frame => frame.Sender == sender && frame.Number <= toNumber);
    }

    public async ValueTask DeleteFramesOf(int uid)
    {
        await transaction.Begin(nameof(DeleteFramesOf));
        foreach (var receiver in tables.Frames.Partitions.Order().ToArray())
        {
            await Delete(receiver, frame => receiver == uid || frame.Sender == uid);
        }
    }

    private async ValueTask Delete(int receiver, Predicate<(int Sender, long Number)> which)
    {
        var seen = tables.Frames.Scan(transaction, receiver)
            .Select(static frame => frame.Key).Where(key => which(key)).ToArray();
        foreach (var key in seen)
        {
            if (await tables.Frames.Lock(transaction, receiver, key) is not null)
            {
                await tables.Frames.Put(transaction, receiver, key, null);
            }
        }
    }
}
