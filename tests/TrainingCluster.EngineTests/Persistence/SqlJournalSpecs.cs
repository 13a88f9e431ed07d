using Akka.Actor;
using Akka.Persistence;
using Microsoft.Data.Sqlite;
using static TrainingCluster.EngineTests.Persistence.PersistenceHarness;
using Run = TrainingCluster.EngineTests.Persistence.ScriptedActor.Run;

namespace TrainingCluster.EngineTests.Persistence;

public sealed class SqlJournalSpecs : IDisposable
{
    private readonly PersistenceHarness _harness = new();

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Of_two_writers_the_older_one_can_store_nothing_any_more()
    {
        var older = _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));
        older.Tell(new Run(self => self.Store("1")));
        Transcript.Expect("recovered  at 0", "handled 1");
        var newer = _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));
        Transcript.Expect("recovered 1 at 1");

        older.Tell(new Run(self => self.SaveSnapshot("stale")));
        Assert.Contains("was overtaken by writer", Transcript.Next());
        older.Tell(new Run(self => self.DeleteMessages(1)));
        Assert.Contains("was overtaken by writer", Transcript.Next());
        older.Tell(new Run(self => self.Store("stale")));
        var failure = Transcript.Next();
        Transcript.Expect("stopped");
        newer.Tell(new Run(self => self.Store("2")));

        Assert.StartsWith("failed stale at 2: Writer ", failure);
        Assert.Contains("of persistence id a was overtaken by writer", failure);
        Assert.Contains("epoch 2", failure);
        Assert.Contains(_harness.File, failure);
        Transcript.Expect("handled 2");
        Assert.Equal("1,2", Read("SELECT group_concat(sequence_number) FROM journal"));
        Assert.Equal("0", Read("SELECT count(*) FROM snapshot"));
    }

    [Fact]
    public void The_newer_writer_counts_from_its_recovery_not_from_its_first_event()
    {
        var older = _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));
        Transcript.Expect("recovered  at 0");
        _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));
        Transcript.Expect("recovered  at 0");

        older.Tell(new Run(self => self.Store("stale")));

        Assert.StartsWith("failed stale at 1: Writer ", Transcript.Next());
        Assert.Equal("0", Read("SELECT count(*) FROM journal"));
    }

    [Fact]
    public async Task An_event_that_was_acknowledged_survives_a_stop_at_any_moment_and_groups_stay_whole()
    {
        var acknowledged = 0;
        for (var round = 0; round < 12; round++)
        {
            var system = _harness.Start();
            var actor = system.ActorOf(ScriptedActor.Props("a", new Transcript()));
            var done = 0;
            for (var i = 0; i < 60; i++)
            {
                actor.Tell(new Run(self => self.PersistAll(
                    ["x", "y", "z"], _ => Interlocked.Exchange(ref done, (int)self.LastSequenceNr))));
            }

            // A different moment in each round: before the first commit up to after the last.
            SpinWait.SpinUntil(() =>
                Volatile.Read(ref done) >= acknowledged + (round * 16), TimeSpan.FromSeconds(10));
            ((ExtendedActorSystem)system).Abort();
            acknowledged = Math.Max(acknowledged, Volatile.Read(ref done));

            var checkpoint = _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));
            var recovered = Transcript.Next();
            await PersistenceHarness.Stop(checkpoint);
            Transcript.Expect("stopped");
            var (state, number) = Parse(recovered);
            Assert.True(
                number >= acknowledged, $"{number} were recovered, {acknowledged} were acknowledged.");
            Assert.Equal(string.Concat(Enumerable.Repeat("xyz", number / 3)), state);
            acknowledged = number;
        }
    }

    [Fact]
    public void A_changed_byte_stops_recovery_naming_id_number_and_file()
    {
        StoreTwoEvents();
        Write("UPDATE journal SET message = x'58' WHERE sequence_number = 2");

        _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));

        Assert.Equal(
            $"not recovered: The row of persistence id a, sequence number 2, in {_harness.File} is corrupt: "
            + "its bytes do not match its checksum. Restore the store from a backup.",
            Transcript.Next());
        Transcript.Expect("stopped");
    }

    [Theory]
    [InlineData("UPDATE journal SET manifest = 'Z', checksum = NULL", "\"Z\" by serializer 17")]
    [InlineData("UPDATE journal SET identifier = 4711, checksum = NULL", "serializer 4711")]
    [InlineData("UPDATE journal SET manifest = 'Z'", "checksum")]
    [InlineData("UPDATE journal SET sequence_number = 3 WHERE sequence_number = 2", "checksum")]
    public void A_row_that_cannot_be_understood_stops_recovery(string damage, string reason)
    {
        StoreTwoEvents();
        Write(damage);

        _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));

        var error = Transcript.Next();
        Assert.Contains("persistence id a, sequence number", error);
        Assert.Contains(reason, error);
        Transcript.Expect("stopped");
    }

    [Fact]
    public void A_corrupt_snapshot_stops_recovery_too()
    {
        var system = _harness.Start();
        var actor = system.ActorOf(ScriptedActor.Props("a", Transcript));
        actor.Tell(new Run(self => self.SaveSnapshot("state")));
        Transcript.Expect("recovered  at 0", "saved 0");
        Write("UPDATE snapshot SET snapshot = x'58'");

        system.ActorOf(ScriptedActor.Props("a", Transcript));

        Assert.Contains("sequence number 0", Transcript.Next());
        Transcript.Expect("stopped");
    }

    [Fact]
    public void A_store_of_a_newer_schema_is_refused_with_both_versions()
    {
        StoreTwoEvents();
        Write("UPDATE schema_version SET version = 8, oldest_reader = 7");

        _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));

        var error = Transcript.Next();
        Assert.Contains($"{_harness.File} has schema version 8; this program reads up to version 1", error);
    }

    [Fact]
    public void A_newer_schema_that_older_programs_can_live_with_is_used()
    {
        StoreTwoEvents();
        Write("UPDATE schema_version SET version = 8");

        _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));

        Transcript.Expect("recovered 12 at 2");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_by_name()
    {
        File.WriteAllText(_harness.File, new string('x', 5000));

        _harness.Start().ActorOf(ScriptedActor.Props("a", Transcript));

        Assert.Contains($"The store {_harness.File} cannot be opened", Transcript.Next());
    }

    [Fact]
    public void The_table_has_the_columns_of_the_genuine_plugin_and_the_time_of_the_given_clock()
    {
        StoreTwoEvents();

        var created = new DateTime(long.Parse(Read("SELECT created FROM journal LIMIT 1")), DateTimeKind.Utc);

        Assert.InRange(created, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(5));
        Assert.Equal("0|a|1|S|17", Read(
            "SELECT deleted||'|'||persistence_id||'|'||sequence_number||'|'||manifest||'|'||identifier "
            + "FROM journal"));
    }

    [Fact]
    public async Task Many_writers_share_transactions_and_lose_nothing()
    {
        var system = _harness.Start();
        var actors = Enumerable.Range(0, 40)
            .Select(i => system.ActorOf(ScriptedActor.Props($"a{i}", new Transcript()))).ToList();

        var answers = actors.SelectMany(actor => Enumerable.Range(0, 25).Select(i => actor.Ask<int>(
            new Run(self => self.Persist(i, number => self.Answer(number))),
            TimeSpan.FromSeconds(30)))).ToList();
        await Task.WhenAll(answers);

        Assert.Equal("1000", Read("SELECT count(*) FROM journal"));
        Assert.Equal("40", Read("SELECT count(*) FROM (SELECT 1 FROM journal GROUP BY persistence_id HAVING "
            + "max(sequence_number) = 25 AND count(*) = 25)"));
    }

    private static (string State, int Number) Parse(string line)
    {
        var words = line.Split(' ');
        Assert.Equal("recovered", words[0]);
        return (words[1], int.Parse(words[3]));
    }

    private void StoreTwoEvents()
    {
        var system = _harness.Start();
        system.ActorOf(ScriptedActor.Props("a", Transcript)).Tell(
            new Run(self => self.PersistAll(["1", "2"], self.Apply)));
        Transcript.Expect("recovered  at 0", "handled 1", "handled 2");
        system.Terminate().Wait(TimeSpan.FromSeconds(20));
        Transcript.Expect("stopped");
    }

    private string Read(string query)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }

    private void Write(string statement)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_harness.File};Pooling=False");
        connection.Open();
        return connection;
    }
}
