using System.Threading.Channels;
using Akka.Store;

namespace TrainingCluster.EngineTests.Store;

public abstract partial class StoreContractSpecs
{
    [Fact]
    public async Task Frames_come_by_sender_and_number_and_go_when_deleted()
    {
        await Send(_one, Frame(sender: 2, number: 1), Frame(sender: 1, number: 2), Frame(sender: 1, number: 1));
        await Send(_two, Frame(sender: 1, number: 3), Frame(sender: 2, number: 2), Frame(receiver: 8));

        Assert.Equal(
            [(1, 1L), (1, 2L), (1, 3L), (2, 1L), (2, 2L)], (await Frames(9)).Select(f => (f.Sender, f.Number)));
        Assert.Equal([(1, 1L), (1, 2L)], (await Frames(9, limit: 2)).Select(f => (f.Sender, f.Number)));
        await Do(_two, store => store.DeleteFrames(9, 1, 2));

        Assert.Equal([(1, 3L), (2, 1L), (2, 2L)], (await Frames(9)).Select(f => (f.Sender, f.Number)));
    }

    [Fact]
    public async Task A_frame_is_stored_once_under_its_number_however_often_it_is_tried()
    {
        var frame = Frame() with { Bytes = [1, 2, 3] };

        await InParallel(10, (stores, _) => Send(stores, frame));
        await Send(_one, frame with { Bytes = [9] });

        var stored = Assert.Single(await Frames(frame.Receiver));
        Assert.Equal(frame.Bytes, stored.Bytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200_000)]
    public async Task Bytes_of_a_frame_come_back_as_they_were(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);

        await Send(_one, Frame() with { Bytes = bytes });

        Assert.Equal(bytes, Assert.Single(await Frames(9)).Bytes);
    }

    [Fact]
    public async Task A_queue_tells_whether_something_waits()
    {
        await Send(_one, Frame(receiver: 9));

        Assert.True(await _two.Queues.Write(store => store.HasFrames(9)));
        Assert.False(await _two.Queues.Write(store => store.HasFrames(1)));
        await Do(_two, store => store.DeleteFrames(9, 1, 1));
        Assert.False(await _one.Queues.Read(store => store.HasFrames(9)));
    }

    [Fact]
    public async Task Endpoints_are_open_from_opening_to_closing()
    {
        await Open(1);
        Assert.Equal(new OpenEndpoints(true, false), await Endpoints(1, 2));
        Assert.Equal(new OpenEndpoints(false, true), await Endpoints(2, 1));
        await Open(2);
        await Open(2);
        Assert.Equal(new OpenEndpoints(true, true), await Endpoints(1, 2));
        Assert.Equal(new OpenEndpoints(true, true), await Endpoints(1, 1));

        await Do(_two, store => store.CloseEndpoint(1));

        Assert.Equal(new OpenEndpoints(false, true), await Endpoints(1, 2));
    }

    [Fact]
    public async Task Frames_from_and_to_an_incarnation_go_together()
    {
        await Send(_one, Frame(1, 2), Frame(2, 1), Frame(2, 3), Frame(1, 1));

        await Do(_two, store => store.DeleteFramesOf(1));

        Assert.Equal([(2, 3)], (await AllFrames(1, 2, 3)).Select(frame => (frame.Receiver, frame.Sender)));
    }

    [Fact]
    public async Task After_an_endpoint_was_closed_and_swept_nothing_is_left_for_it()
    {
        for (var receiver = 100; receiver < 110; receiver++)
        {
            var uid = receiver;
            await Open(1);
            await Open(uid);
            var sending = InParallel(10, (stores, i) => stores.Queues.Write(async store =>
            {
                var open = await store.LockEndpoints(1, uid);
                if (open.Receiver)
                {
                    await store.InsertFrame(Frame(uid, number: i + 1));
                }

                return open.Receiver;
            }));
            await Do(_two, async store =>
            {
                await store.CloseEndpoint(uid);
                await store.DeleteFramesOf(uid);
            });
            await sending;

            Assert.Empty(await Frames(uid));
        }
    }

    [Fact]
    public async Task A_wake_up_reaches_its_listeners_on_other_nodes_and_nobody_else()
    {
        var (meant, other, all) = (Signals(), Signals(), Signals());
        using var first = _one.WakeUps.Listen(1, () => meant.Writer.TryWrite(1));
        using var second = _one.WakeUps.Listen(2, () => other.Writer.TryWrite(2));
        using var third = _two.WakeUps.Listen(IWakeUps.Everybody, () => all.Writer.TryWrite(0));

        await Until(meant, () => _two.WakeUps.Wake(1));
        await Until(all, () => _one.WakeUps.Wake(IWakeUps.Everybody));

        Assert.Equal(0, other.Reader.Count);
        await Until(other, () => _two.WakeUps.Wake(2));
    }

    [Fact]
    public async Task Who_has_stopped_listening_is_not_called_any_more()
    {
        var (gone, present) = (Signals(), Signals());
        var listening = _one.WakeUps.Listen(1, () => gone.Writer.TryWrite(1));
        await Until(gone, () => _two.WakeUps.Wake(1));
        using var other = _one.WakeUps.Listen(2, () => present.Writer.TryWrite(1));

        listening.Dispose();
        while (gone.Reader.TryRead(out _))
        {
        }

        _two.WakeUps.Wake(1);
        await Until(present, () => _two.WakeUps.Wake(2));

        Assert.Equal(0, gone.Reader.Count);
    }

    private static FrameRow Frame(int receiver = 9, int sender = 1, long number = 1) =>
        new(receiver, sender, number, [1]);

    private static Channel<int> Signals() => Channel.CreateUnbounded<int>();

    /// <summary>Wake-ups are hints, so one may have to be repeated.</summary>
    private static async Task Until(Channel<int> signals, Action wake)
    {
        for (var attempt = 0; attempt < 40; attempt++)
        {
            wake();
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
            try
            {
                await signals.Reader.ReadAsync(patience.Token);
                return;
            }
            catch (OperationCanceledException)
            {
            }
        }

        Assert.Fail("Nobody woke up.");
    }

    private static Task<bool> Do(IStores stores, Func<IQueueStatements, ValueTask> body) =>
        stores.Queues.Write(async store =>
        {
            await body(store);
            return true;
        });

    private static Task<bool> Send(IStores stores, params FrameRow[] frames) => Do(stores, async store =>
    {
        foreach (var frame in frames)
        {
            await store.InsertFrame(frame);
        }
    });

    private Task<bool> Open(int uid) => Do(_one, store => store.OpenEndpoint(uid, $"akka://c@a:{uid}"));

    private Task<OpenEndpoints> Endpoints(int sender, int receiver) =>
        _two.Queues.Write(store => store.LockEndpoints(sender, receiver));

    private Task<IReadOnlyList<FrameRow>> Frames(int receiver, int limit = 100) =>
        _two.Queues.Read(store => store.Frames(receiver, limit));

    private async Task<IEnumerable<FrameRow>> AllFrames(params int[] receivers) =>
        (await Task.WhenAll(receivers.Select(receiver => Frames(receiver)))).SelectMany(frames => frames);
}
