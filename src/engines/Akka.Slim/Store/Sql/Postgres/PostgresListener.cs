using Npgsql;

namespace Akka.Store.Sql.Postgres;

/// <summary>Listens on a connection of its own, which it opens again whenever it is lost.</summary>
internal sealed class PostgresListener(PostgresConnections connections, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _retryInterval = TimeSpan.FromSeconds(1);

    /// <summary>A connection on which nothing came for so long is asked whether it still is one.</summary>
    private static readonly TimeSpan _probeInterval = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(string Channel, Action OnWake)> _listeners = [];
    private CancellationTokenSource _change = new();
    private Task? _loop;

    public IDisposable Listen(int uid, Action onWake)
    {
        var listener = (PostgresWakeUps.Channel(uid), onWake);
        lock (_lock)
        {
            _listeners.Add(listener);
            _change.Cancel();
            _loop ??= Task.Run(Loop);
        }

        return new Listening(this, listener);
    }

    public void Dispose()
    {
        _stop.Cancel();
        lock (_lock)
        {
            _listeners.Clear();
            _change.Cancel();
        }

        _loop?.Wait();
        _stop.Dispose();
        _change.Dispose();
    }

    private async Task Loop()
    {
        for (var isFirst = true; !_stop.IsCancellationRequested; isFirst = false)
        {
            try
            {
                await using var connection = connections.Open(statementLimit: null, isDurable: false);
                connection.Notification += (_, notification) => Call(notification.Channel);
                await ListenOn(connection, isFirst).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Who listens polls as well; whether the store can be used, its other users find out.
            }

            await Task.Delay(_retryInterval, clock, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenOn(NpgsqlConnection connection, bool isFirst)
    {
        HashSet<string> listened = [];
        while (!_stop.IsCancellationRequested)
        {
            var (wanted, change) = Wanted();
            await Execute(connection, wanted.Except(listened).Select(channel => $"LISTEN \"{channel}\""))
                .ConfigureAwait(false);
            await Execute(connection, listened.Except(wanted).Select(channel => $"UNLISTEN \"{channel}\""))
                .ConfigureAwait(false);
            if (listened.Count == 0 && !isFirst)
            {
                // Nobody knows what came while nobody listened.
                Call(null);
            }

            listened = wanted;
            await Wait(connection, change.Token).ConfigureAwait(false);
        }
    }

    private async Task Wait(NpgsqlConnection connection, CancellationToken change)
    {
        using var quiet = new CancellationTokenSource(_probeInterval, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(change, quiet.Token);
        try
        {
            await connection.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (quiet.IsCancellationRequested)
            {
                await Execute(connection, ["SELECT 1"]).ConfigureAwait(false);
            }
        }
    }

    private static async Task Execute(NpgsqlConnection connection, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
    }

    private (HashSet<string> Channels, CancellationTokenSource Change) Wanted()
    {
        lock (_lock)
        {
            if (_change.IsCancellationRequested && !_stop.IsCancellationRequested)
            {
                _change.Dispose();
                _change = new CancellationTokenSource();
            }

            return ([.. _listeners.Select(listener => listener.Channel)], _change);
        }
    }

    /// <param name="channel">Null = all.</param>
    private void Call(string? channel)
    {
        List<Action> woken;
        lock (_lock)
        {
            woken = [.. _listeners
                .Where(listener => channel is null || listener.Channel == channel)
                .Select(listener => listener.OnWake)];
        }

        woken.ForEach(onWake => onWake());
    }

    private void Remove((string Channel, Action OnWake) listener)
    {
        lock (_lock)
        {
            _listeners.Remove(listener);
            if (!_stop.IsCancellationRequested)
            {
                _change.Cancel();
            }
        }
    }

    private sealed class Listening(PostgresListener owner, (string Channel, Action OnWake) listener)
        : IDisposable
    {
        public void Dispose() => owner.Remove(listener);
    }
}
