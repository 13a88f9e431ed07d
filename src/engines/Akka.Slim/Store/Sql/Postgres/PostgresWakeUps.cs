using System.Globalization;

namespace Akka.Store.Sql.Postgres;

/// <summary>
/// Wake-ups by NOTIFY, one channel for each uid. It has transactions and a connection of its own: the server
/// lets only one transaction with notifications commit at a time.
/// </summary>
internal sealed class PostgresWakeUps : IWakeUps
{
    private readonly Lock _lock = new();
    private readonly HashSet<int> _pending = [];
    private readonly SqlDriver<SqlSession> _sender;
    private readonly PostgresListener _listener;

    public PostgresWakeUps(PostgresConnections connections, TimeSpan limit, TimeProvider clock)
    {
        _sender = new SqlDriver<SqlSession>(
            new SqlArea<SqlSession>(
                new PostgresDialect(connections, limit, limit, isDurable: false),
                PostgresSchemas.None,
                session => session),
            clock);
        _listener = new PostgresListener(connections, clock);
    }

    public static string Channel(int uid) => "akka_wake_" + uid.ToString(CultureInfo.InvariantCulture);

    public void Wake(int uid)
    {
        lock (_lock)
        {
            _pending.Add(uid);
            if (_pending.Count > 1)
            {
                return;
            }
        }

        // Outside a transaction each statement commits itself.
        _ = Send();
    }

    public IDisposable Listen(int uid, Action onWake) => _listener.Listen(uid, onWake);

    public void Dispose()
    {
        _listener.Dispose();
        _sender.Dispose();
    }

    private async Task Send()
    {
        try
        {
            await _sender.Read(Notify).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The hint is lost; who listens polls as well.
            lock (_lock)
            {
                _pending.Clear();
            }
        }
    }

    private ValueTask<bool> Notify(SqlSession session)
    {
        List<int> uids;
        lock (_lock)
        {
            uids = [.. _pending];
            _pending.Clear();
        }

        foreach (var uid in uids)
        {
            session.Execute("SELECT pg_notify(@channel, '')", ("@channel", Channel(uid)));
        }

        return new(true);
    }
}
