using System.Diagnostics;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Store;
using Akka.Store.Sql;
using Akka.Store.Sql.Sqlite;
using Microsoft.Data.Sqlite;

namespace TrainingCluster.EngineTests.Store;

public sealed class SqliteStoreSpecs : IDisposable
{
    private readonly SqliteUnderTest _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task While_others_hold_the_lock_for_long_a_call_fails_in_time_and_the_next_works()
    {
        using var stores = Open(TimeSpan.FromSeconds(1));
        await Create(stores);
        using (var other = Connect("leases.db"))
        {
            Execute(other, "BEGIN IMMEDIATE");
            var watch = Stopwatch.StartNew();

            var failure = await Assert.ThrowsAsync<SqlStoreException>(
                () => stores.Membership.Write(store => store.NextEpoch()));

            Assert.Contains("leases.db", failure.Message);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(8), $"It took {watch.Elapsed}.");
            Assert.Equal(0, (await stores.Membership.Read(store => store.Members())).Epoch);
            Execute(other, "ROLLBACK");
        }

        await Eventually(() => stores.Membership.Write(store => store.NextEpoch()));
    }

    [Fact]
    public async Task A_busy_file_of_messages_does_not_hold_up_leases()
    {
        using var stores = Open(TimeSpan.FromSeconds(20));
        await Create(stores);
        await stores.Queues.Write(store => store.HasFrames(1));
        using var other = Connect("queues.db");
        Execute(other, "BEGIN IMMEDIATE");
        var waiting = stores.Queues.Write(store => store.HasFrames(1));

        Assert.Equal(1, await stores.Membership.Write(store => store.NextEpoch()));

        Assert.False(waiting.IsCompleted);
        Execute(other, "ROLLBACK");
        Assert.False(await waiting);
    }

    [Fact]
    public async Task A_member_row_that_makes_no_sense_is_named()
    {
        using var stores = Open(TimeSpan.FromSeconds(20));
        await Create(stores);
        using (var other = Connect("leases.db"))
        {
            Execute(other, "INSERT INTO member VALUES (7, 'a', '', '', 'Undead', 1, 1, 1, 'h', 1, 1)");
        }

        var failure = await Assert.ThrowsAsync<CorruptRowException>(
            () => stores.Membership.Read(store => store.Members()));

        Assert.Contains("member 7", failure.Message);
        Assert.Contains("Undead", failure.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_used_once_it_is_one()
    {
        using var stores = Open(TimeSpan.FromSeconds(20));
        var file = Path.Combine(_store.Folder, "leases.db");
        await File.WriteAllTextAsync(file, new string('x', 5000));

        var failure = await Assert.ThrowsAsync<SqlStoreException>(() => Create(stores));

        Assert.Contains(file, failure.Message);
        File.Delete(file);
        await Create(stores);
    }

    [Fact]
    public async Task A_store_of_a_newer_schema_is_refused_with_both_versions()
    {
        using (var stores = Open(TimeSpan.FromSeconds(20)))
        {
            await Create(stores);
        }

        using (var other = Connect("leases.db"))
        {
            Execute(other, "UPDATE schema_version SET version = 8, oldest_reader = 7");
        }

        using var older = Open(TimeSpan.FromSeconds(20));
        var failure = await Assert.ThrowsAsync<SqlStoreException>(() => Create(older));
        Assert.Contains("schema version 8; this program reads up to version 1", failure.Message);
    }

    [Fact]
    public async Task A_store_of_an_older_schema_is_brought_up_to_date_once_and_keeps_its_rows()
    {
        var first = new SqlMigration(OldestReader: 1, "CREATE TABLE thing (name TEXT NOT NULL)");
        var second = new SqlMigration(OldestReader: 1, "ALTER TABLE thing ADD COLUMN size INTEGER NULL");
        using (var old = OpenArea(first))
        {
            await old.Write(session => new ValueTask<int>(
                session.Execute("INSERT INTO thing (name) VALUES ('kept')")));
        }

        var newer = Enumerable.Range(0, 4).Select(_ => OpenArea(first, second)).ToList();
        var counts = await Task.WhenAll(newer.Select(driver => driver.Write(session =>
            new ValueTask<object?>(session.Scalar("SELECT count(*) FROM thing WHERE size IS NULL")))));
        newer.ForEach(driver => driver.Dispose());

        Assert.All(counts, count => Assert.Equal(1L, count));
        using var again = OpenArea(first);
        Assert.Equal("kept", await again.Read(session =>
            new ValueTask<object?>(session.Scalar("SELECT name FROM thing"))));
    }

    [Fact]
    public async Task A_wake_up_takes_little_time()
    {
        using var one = Open(TimeSpan.FromSeconds(20));
        using var two = Open(TimeSpan.FromSeconds(20));
        using var woken = new SemaphoreSlim(0);
        using var listening = one.WakeUps.Listen(1, () => woken.Release());
        var times = new List<TimeSpan>();

        for (var i = 0; i < 20; i++)
        {
            var watch = Stopwatch.StartNew();
            two.WakeUps.Wake(1);
            Assert.True(await woken.WaitAsync(TimeSpan.FromSeconds(20)), "Nobody woke up.");
            times.Add(watch.Elapsed);
        }

        // On an idle machine it is 0.1 ms; builds beside the test are no reason to fail.
        Assert.True(times.Order().ElementAt(10) < TimeSpan.FromMilliseconds(250), string.Join(", ", times));
    }

    [Fact]
    public void What_a_dead_process_listened_on_is_swept_away_and_nothing_else()
    {
        using var one = Open(TimeSpan.FromSeconds(20));
        using var listening = one.WakeUps.Listen(1, () => { });
        var wake = Path.Combine(_store.Folder, "wake");
        var alive = Assert.Single(Directory.GetDirectories(wake));
        var dead = Directory.CreateDirectory(Path.Combine(wake, "1-0")).FullName;
        File.WriteAllText(Path.Combine(dead, "listening"), "");

        using var two = Open(TimeSpan.FromSeconds(20));
        using var other = two.WakeUps.Listen(2, () => { });

        Assert.False(Directory.Exists(dead));
        Assert.True(Directory.Exists(alive));
        Assert.Equal(2, Directory.GetDirectories(wake).Length);
    }

    [Theory]
    [InlineData("akka-slim.store.provider-name = MySQL", "\"MySQL\"")]
    [InlineData("akka-slim.store.provider-name = SQLite.MS", "connection-string is empty")]
    public void Settings_that_cannot_work_are_refused(string settings, string reason)
    {
        var failure = Assert.Throws<ConfigurationException>(() =>
            SqlStoreSettings.From(ConfigurationFactory.ParseString(settings)));

        Assert.Contains(reason, failure.Message);
    }

    [Theory]
    [InlineData("/var/lib/cluster")]
    [InlineData("Data Source=")]
    [InlineData("Data Source")]
    public void A_connection_string_that_names_no_folder_is_refused(string connectionString)
    {
        var settings = new SqlStoreSettings
        {
            Provider = SqlStoreSettings.Sqlite,
            ConnectionString = connectionString,
        };

        var failure = Assert.Throws<ConfigurationException>(() => new SqlStores(settings, TimeProvider.System));

        Assert.Contains("Data Source=<path>", failure.Message);
    }

    [Fact]
    public void A_node_without_a_store_says_so()
    {
        using var stores = new SqlStores(new SqlStoreSettings(), TimeProvider.System);

        var failure = Assert.Throws<ConfigurationException>(() => stores.Membership);

        Assert.Contains("akka-slim.store.provider-name", failure.Message);
    }

    private static Task<bool> Create(IStores stores) => stores.Membership.Write(async store =>
    {
        await store.CreateCluster("c");
        return true;
    });

    private static async Task Eventually(Func<Task> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await call();
                return;
            }
            catch (SqlStoreException) when (attempt < 10)
            {
            }
        }
    }

    private static void Execute(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private SqlStores Open(TimeSpan leaseTimeout) =>
        new(
            SqlStoreSettings.InFolder(_store.Folder) with { LeaseTimeout = leaseTimeout },
            TimeProvider.System);

    private SqlDriver<SqlSession> OpenArea(params SqlMigration[] migrations) =>
        new(
            new SqlArea<SqlSession>(
                new SqliteDialect(
                    $"Data Source={Path.Combine(_store.Folder, "area.db")}",
                    TimeSpan.FromSeconds(20),
                    isDurable: false,
                    FileSystems.OfThisMachine),
                new SqlSchema("area", migrations),
                session => session),
            TimeProvider.System);

    private SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_store.Folder, file)};Pooling=False");
        connection.Open();
        return connection;
    }
}
