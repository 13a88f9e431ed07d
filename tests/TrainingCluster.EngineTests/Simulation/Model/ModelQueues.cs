using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>Messages on their way in a model of a database.</summary>
internal sealed class ModelQueues(ModelTables tables, ModelTransaction transaction) : IQueueStatements
{
    public async ValueTask OpenEndpoint(int uid, string address) =>
        await transaction.Run(nameof(OpenEndpoint), async () =>
        {
            await tables.Endpoints.Put(transaction, ModelTables.Whole, uid, new ModelTables.Endpoint(address));
            return true;
        });

    public async ValueTask CloseEndpoint(int uid) =>
        await transaction.Run(nameof(CloseEndpoint), async () =>
        {
            if (await tables.Endpoints.Lock(transaction, ModelTables.Whole, uid) is not null)
            {
                await tables.Endpoints.Put(transaction, ModelTables.Whole, uid, null);
            }

            return true;
        });

    public ValueTask<OpenEndpoints> LockEndpoints(int sender, int receiver) =>
        transaction.Run<OpenEndpoints>(nameof(LockEndpoints), async () =>
        {
            // Always in the same order, as a database reads an index.
            var first = await tables.Endpoints.Lock(
                transaction, ModelTables.Whole, Math.Min(sender, receiver), exclusive: false);
            var second = await tables.Endpoints.Lock(
                transaction, ModelTables.Whole, Math.Max(sender, receiver), exclusive: false);
            return sender <= receiver
                ? new OpenEndpoints(first is not null, second is not null)
                : new OpenEndpoints(second is not null, first is not null);
        });

    public async ValueTask InsertFrame(FrameRow frame) =>
        await transaction.Run(nameof(InsertFrame), async () =>
        {
            await tables.Frames.Insert(transaction, frame.Receiver, (frame.Sender, frame.Number), frame);
            return true;
        });

    public ValueTask<bool> HasFrames(int receiver) =>
        transaction.Look<bool>(nameof(HasFrames), () =>
            tables.Frames.Scan(transaction, receiver).Any());

    public ValueTask<IReadOnlyList<FrameRow>> Frames(int receiver, int limit) =>
        transaction.Look<IReadOnlyList<FrameRow>>(nameof(Frames), () =>
            [.. tables.Frames.Scan(transaction, receiver).Take(limit)
                .Select(static frame => frame.Row)]);

    public async ValueTask DeleteFrames(int receiver, int sender, long toNumber) =>
        await transaction.Run(nameof(DeleteFrames), async () =>
        {
            await Delete(receiver, frame => frame.Sender == sender && frame.Number <= toNumber);
            return true;
        });

    public async ValueTask DeleteFramesOf(int uid) =>
        await transaction.Run(nameof(DeleteFramesOf), async () =>
        {
            foreach (var receiver in tables.Frames.Partitions.Order().ToArray())
            {
                await Delete(receiver, frame => receiver == uid || frame.Sender == uid);
            }

            return true;
        });

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
