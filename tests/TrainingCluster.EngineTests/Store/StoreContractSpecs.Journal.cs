using System.Collections.Concurrent;
using Akka.Persistence;
using Akka.Persistence.Sql;
using Akka.Store;

namespace TrainingCluster.EngineTests.Store;

public abstract partial class StoreContractSpecs
{
    [Fact]
    public async Task Events_come_back_in_order_and_as_they_were_written()
    {
        var (one, two) = Journals();
        SqlRow[] rows =
        [
            Event(1) with { Message = [], Manifest = "", CreatedTicks = 1L << 60 },
            Event(2) with { Message = [0, 1, 255], Manifest = "ä" },
            Event(3) with { Message = new byte[300_000] },
        ];
        await one.Write([[rows[0]], [rows[1], rows[2]]]);
        await one.Write([[Event(1, "other")]]);

        var replayed = await Replay(two, "p");

        Assert.Equal(rows.Select(row => row.Message), replayed.Select(row => row.Message));
        byte[] none = [];
        Assert.Equal(
            rows.Select(row => row with { Message = none }), replayed.Select(row => row with { Message = none }));
    }

    [Fact]
    public async Task A_replay_keeps_to_its_bounds()
    {
        var (one, two) = Journals();
        await one.Write([[.. Enumerable.Range(1, 10).Select(i => Event(i))]]);

        Assert.Equal([3, 4, 5], Numbers(await Replay(two, "p", from: 3, to: 5)));
        Assert.Equal([3, 4], Numbers(await Replay(two, "p", from: 3, max: 2)));
        Assert.Empty(await Replay(two, "p", from: 11));
        Assert.Empty(await Replay(two, "nobody"));
    }

    [Fact]
    public async Task A_sequence_number_is_taken_once_and_the_rest_of_the_write_goes_with_it()
    {
        var (one, two) = Journals();
        await one.Write([[Event(2)]]);

        var failure = await Assert.ThrowsAsync<SqlStoreException>(() => two.Write([[Event(1), Event(2)]]));

        Assert.Contains("persistence id p", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([2], Numbers(await Replay(two, "p")));
    }

    [Fact]
    public async Task Writes_that_fail_do_not_take_those_beside_them_along()
    {
        var (one, _) = Journals();
        await one.Write([[Event(1, "taken")]]);

        var writes = Enumerable.Range(0, 30)
            .Select(i => one.Write([[i % 3 == 0 ? Event(1, "taken") : Event(i + 1, "free")]])).ToList();
        await Task.WhenAll(writes.Select(write => write.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(10, writes.Count(write => write.IsFaulted));
        Assert.Equal(20, (await Replay(one, "free")).Count);
    }

    [Fact]
    public async Task A_fence_refuses_everybody_but_the_one_who_raised_it_last()
    {
        var (one, two) = Journals();
        Assert.Equal(0, await one.RaiseFence("p", "older"));
        await one.Write([[Event(1) with { Writer = "older" }]]);

        Assert.Equal(1, await two.RaiseFence("p", "newer"));

        await Assert.ThrowsAsync<FencedWriterException>(
            () => one.Write([[Event(2) with { Writer = "older" }]]));
        await Assert.ThrowsAsync<FencedWriterException>(() => one.DeleteEvents("p", 1, "older"));
        await Assert.ThrowsAsync<FencedWriterException>(() => one.SaveSnapshot(Event(1), "older"));
        await Assert.ThrowsAsync<FencedWriterException>(() =>
            one.DeleteSnapshots("p", SnapshotSelectionCriteria.Latest, "older"));
        await two.Write([[Event(2) with { Writer = "newer" }]]);
        Assert.Equal([1, 2], Numbers(await Replay(one, "p")));
        await one.Write([[Event(1, "unfenced")]]);
    }

    [Fact]
    public async Task A_write_is_seen_by_the_raise_of_a_fence_or_refused()
    {
        var (one, two) = Journals();
        for (var round = 1; round <= 30; round++)
        {
            var id = $"p{round}";
            await one.RaiseFence(id, "older");

            var writing = one.Write([[Event(1, id) with { Writer = "older" }]]);
            var seen = await two.RaiseFence(id, "newer");
            await writing.ContinueWith(_ => { }, TaskScheduler.Default);

            Assert.Equal(seen, (await Replay(two, id)).Count);
            Assert.Equal(seen == 0, writing.Exception?.InnerException is FencedWriterException);
        }
    }

    [Fact]
    public async Task Fences_raised_at_once_leave_one_writer_and_growing_epochs()
    {
        var (one, two) = Journals();
        var seen = new ConcurrentBag<FenceRow>();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var journal = i % 2 == 0 ? one : two;
            await journal.RaiseFence("p", $"writer{i}");
            seen.Add((await OpenDriver(i).Write(store => store.LockFence("p")))!);
        }));

        var last = (await OpenDriver(0).Write(store => store.LockFence("p")))!;
        Assert.Equal(seen.Max(fence => fence.Epoch), last.Epoch);
        Assert.All(seen.GroupBy(fence => fence.Epoch), same => Assert.Single(same.Distinct()));
        Assert.Null(await OpenDriver(0).Write(store => store.LockFence("nobody")));
    }

    [Fact]
    public async Task A_fence_is_never_lowered()
    {
        var driver = OpenDriver(0);
        var earlier = await driver.Write(store => store.NextFenceEpoch());
        Assert.True(await driver.Write(store => store.PutFence("p", earlier + 5, "later")));

        Assert.False(await OpenDriver(1).Write(store => store.PutFence("p", earlier, "earlier")));
        Assert.False(await OpenDriver(1).Write(store => store.PutFence("p", earlier + 5, "same")));

        Assert.Equal(new FenceRow(earlier + 5, "later"), await driver.Write(store => store.LockFence("p")));
    }

    [Fact]
    public async Task Two_nodes_that_take_each_others_ids_over_at_once_both_get_through()
    {
        var (one, two) = Journals();
        var ids = Enumerable.Range(0, 10).Select(i => $"p{i}").ToList();
        await Task.WhenAll(ids.Select((id, i) => (i % 2 == 0 ? one : two).RaiseFence(id, $"old{i}")));

        var writes = ids.Select((id, i) => (i % 2 == 0 ? one : two).Write(
            [[Event(1, id) with { Writer = $"old{i}" }]])).ToList();
        var raises = ids.Select((id, i) => (i % 2 == 0 ? two : one).RaiseFence(id, $"new{i}")).ToList();
        var seen = await Task.WhenAll(raises);
        await Task.WhenAll(writes.Select(write => write.ContinueWith(_ => { }, TaskScheduler.Default)));

        for (var i = 0; i < ids.Count; i++)
        {
            Assert.Equal(seen[i], (await Replay(one, ids[i])).Count);
        }
    }

    [Fact]
    public async Task The_highest_number_outlives_its_event()
    {
        var (one, two) = Journals();
        await one.Write([[Event(1), Event(2), Event(3)]]);

        await one.DeleteEvents("p", 2, writer: null);
        Assert.Equal([3], Numbers(await Replay(two, "p")));
        await one.DeleteEvents("p", 100, writer: null);

        Assert.Empty(await Replay(two, "p"));
        Assert.Equal(3, await two.HighestSequenceNr("p"));
        Assert.Equal(0, await two.HighestSequenceNr("nobody"));
        await one.DeleteEvents("nobody", 100, writer: null);
        await Assert.ThrowsAsync<SqlStoreException>(() => two.Write([[Event(3)]]));
    }

    [Fact]
    public async Task Snapshots_are_found_by_what_fits_and_replaced_by_number()
    {
        var (one, two) = Journals();
        await one.SaveSnapshot(Snapshot(1, created: 100), null);
        await one.SaveSnapshot(Snapshot(5, created: 500), null);
        await one.SaveSnapshot(Snapshot(5, created: 600) with { Message = [5, 5] }, null);
        await one.SaveSnapshot(Snapshot(9, created: 900), null);

        Assert.Equal(9, await Found(SnapshotSelectionCriteria.Latest));
        Assert.Equal(5, await Found(new SnapshotSelectionCriteria(8)));
        Assert.Equal(1, await Found(new SnapshotSelectionCriteria(9, new DateTime(550))));
        Assert.Null(await Found(new SnapshotSelectionCriteria(4, DateTime.MaxValue, 2)));
        var five = await two.FindSnapshot("p", new SnapshotSelectionCriteria(5));
        Assert.Equal(600, five!.CreatedTicks);
        Assert.Equal([5, 5], five.Message);
        await one.DeleteSnapshots("p", new SnapshotSelectionCriteria(5), null);
        Assert.Equal(9, await Found(SnapshotSelectionCriteria.Latest));
        Assert.Null(await Found(new SnapshotSelectionCriteria(5)));

        async Task<long?> Found(SnapshotSelectionCriteria criteria) =>
            (await two.FindSnapshot("p", criteria))?.SequenceNr;
    }

    private static SqlRow Event(long number, string id = "p") =>
        new(id, number, 1000 + number, [1, 2, 3], 17, "S", "writer");

    private static SqlRow Snapshot(long number, long created) =>
        Event(number) with { CreatedTicks = created, Writer = null };

    private static IEnumerable<long> Numbers(IEnumerable<SqlRow> rows) => rows.Select(row => row.SequenceNr);

    private static async Task<List<SqlRow>> Replay(
        JournalTransactions journal, string id, long from = 1, long to = long.MaxValue, long max = long.MaxValue)
    {
        var rows = new List<SqlRow>();
        await journal.Replay(id, from, to, max, rows.Add);
        return rows;
    }

    private IStoreDriver<IJournalStatements> OpenDriver(int node) =>
        _store.OpenJournal(node % 2 == 0 ? _one : _two);

    private (JournalTransactions One, JournalTransactions Two) Journals() =>
        (new JournalTransactions(OpenDriver(0)), new JournalTransactions(OpenDriver(1)));
}
