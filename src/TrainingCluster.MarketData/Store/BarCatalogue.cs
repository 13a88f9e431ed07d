using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Content;

namespace TrainingCluster.MarketData.Store;

/// <summary>Data sets by key, in SQLite with a write-ahead log: readers see the last commit and never wait.</summary>
internal sealed class BarCatalogue
{
    private const string Columns = "source, symbol, interval, file, bars, first, last, bytes, digest, fetched";
    private readonly string _connection;

    public BarCatalogue(string path)
    {
        _connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();
        using var connection = Open();
        Execute(connection, null, "PRAGMA journal_mode = WAL");
        Execute(
            connection, null,
            """
            CREATE TABLE IF NOT EXISTS series (
              source TEXT NOT NULL, symbol TEXT NOT NULL, interval INTEGER NOT NULL, file TEXT NOT NULL,
              bars INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, bytes INTEGER NOT NULL,
              digest TEXT NOT NULL, fetched INTEGER NOT NULL, PRIMARY KEY (source, symbol, interval));
            CREATE TABLE IF NOT EXISTS uses (run TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (run, file));
            CREATE TABLE IF NOT EXISTS factors (
              source TEXT NOT NULL, symbol TEXT NOT NULL, interval INTEGER NOT NULL, moment INTEGER NOT NULL,
              is_split INTEGER NOT NULL, shares REAL NOT NULL, dividend REAL NOT NULL,
              PRIMARY KEY (source, symbol, interval, moment, is_split));
            """);
    }

    public StoredBars? Find(BarKey key)
    {
        using var connection = Open();
        return Select(
            connection, null, $"SELECT {Columns} FROM series WHERE source = $a AND symbol = $b AND interval = $c",
            key.Source, key.Symbol, key.IntervalMilliseconds).SingleOrDefault();
    }

    public IReadOnlyList<StoredBars> All()
    {
        using var connection = Open();
        return Select(connection, null, $"SELECT {Columns} FROM series ORDER BY source, symbol, interval");
    }

    /// <summary>
    /// Puts a row in place of the one that was read; false where somebody else has replaced that meanwhile.
    /// </summary>
    public bool Replace(StoredBars row, Digest? expected)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var now = Select(
            connection, transaction,
            $"SELECT {Columns} FROM series WHERE source = $a AND symbol = $b AND interval = $c",
            row.Key.Source, row.Key.Symbol, row.Key.IntervalMilliseconds).SingleOrDefault();
        if (now?.Digest != expected)
        {
            return false;
        }

        Execute(
            connection, transaction,
            $"INSERT OR REPLACE INTO series ({Columns}) VALUES ($a, $b, $c, $d, $e, $f, $g, $h, $i, $j)",
            row.Key.Source, row.Key.Symbol, row.Key.IntervalMilliseconds, row.File, row.Bars,
            row.First.ToUnixTimeMilliseconds(), row.Last.ToUnixTimeMilliseconds(), row.Bytes, row.Digest.Hex,
            row.FetchedAt.ToUnixTimeMilliseconds());
        transaction.Commit();
        return true;
    }

    /// <summary>Keeps splits and dividends of a series; one of the same kind and moment is put in its place.</summary>
    public void Keep(BarKey key, IEnumerable<PriceFactor> factors)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var factor in factors)
        {
            Execute(
                connection, transaction,
                "INSERT OR REPLACE INTO factors (source, symbol, interval, moment, is_split, shares, dividend) "
                + "VALUES ($a, $b, $c, $d, $e, $f, $g)",
                key.Source, key.Symbol, key.IntervalMilliseconds, factor.From, factor.SharesPerOld != 1 ? 1 : 0,
                factor.SharesPerOld, factor.Dividend);
        }

        transaction.Commit();
    }

    public ImmutableArray<PriceFactor> FactorsOf(BarKey key)
    {
        using var connection = Open();
        using var command = Command(
            connection, null,
            "SELECT moment, shares, dividend FROM factors WHERE source = $a AND symbol = $b AND interval = $c "
            + "ORDER BY moment, is_split",
            [key.Source, key.Symbol, key.IntervalMilliseconds]);
        using var reader = command.ExecuteReader();
        var factors = ImmutableArray.CreateBuilder<PriceFactor>();
        while (reader.Read())
        {
            factors.Add(new PriceFactor(reader.GetInt64(0), reader.GetDouble(1), reader.GetDouble(2)));
        }

        return factors.ToImmutable();
    }

    /// <summary>False where a run uses the file, or the row has changed.</summary>
    public bool Remove(StoredBars row)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var removed = Execute(
            connection, transaction,
            "DELETE FROM series WHERE file = $a AND NOT EXISTS (SELECT 1 FROM uses WHERE uses.file = series.file)",
            row.File);
        if (removed > 0)
        {
            Execute(
                connection, transaction,
                "DELETE FROM factors WHERE source = $a AND symbol = $b AND interval = $c",
                row.Key.Source, row.Key.Symbol, row.Key.IntervalMilliseconds);
        }

        transaction.Commit();
        return removed > 0;
    }

    /// <summary>Drops the row of a damaged file, used or not.</summary>
    public void Forget(StoredBars row)
    {
        using var connection = Open();
        Execute(connection, null, "DELETE FROM series WHERE file = $a", row.File);
    }

    public void Use(string run, string file)
    {
        using var connection = Open();
        Execute(connection, null, "INSERT OR IGNORE INTO uses (run, file) VALUES ($a, $b)", run, file);
    }

    /// <summary>The files that are now neither used nor in the catalogue.</summary>
    public IReadOnlyList<string> Release(string run)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = Command(
            connection, transaction,
            """
            SELECT file FROM uses WHERE run = $a AND file NOT IN (SELECT file FROM series)
              AND NOT EXISTS (SELECT 1 FROM uses others WHERE others.file = uses.file AND others.run <> $a)
            """,
            [run]);
        var orphans = new List<string>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                orphans.Add(reader.GetString(0));
            }
        }

        Execute(connection, transaction, "DELETE FROM uses WHERE run = $a", run);
        transaction.Commit();
        return orphans;
    }

    /// <summary>Files that runs use, whether or not they are the newest of their series.</summary>
    public HashSet<string> Used()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT file FROM uses";
        using var reader = command.ExecuteReader();
        var files = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            files.Add(reader.GetString(0));
        }

        return files;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }

    private static List<StoredBars> Select(
        SqliteConnection connection, SqliteTransaction? transaction, string sql, params object[] values)
    {
        using var command = Command(connection, transaction, sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<StoredBars>();
        while (reader.Read())
        {
            rows.Add(new StoredBars(
                new BarKey(reader.GetString(0), reader.GetString(1), TimeSpan.FromMilliseconds(reader.GetInt64(2))),
                reader.GetString(3), reader.GetInt32(4),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5)),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(6)),
                reader.GetInt64(7), Digest.Parse(reader.GetString(8)),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(9))));
        }

        return rows;
    }

    private static int Execute(
        SqliteConnection connection, SqliteTransaction? transaction, string sql, params object[] values)
    {
        using var command = Command(connection, transaction, sql, values);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(
        SqliteConnection connection, SqliteTransaction? transaction, string sql, object[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(
                string.Create(CultureInfo.InvariantCulture, $"${(char)('a' + i)}"), values[i]);
        }

        return command;
    }
}
