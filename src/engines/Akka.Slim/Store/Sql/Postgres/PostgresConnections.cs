using System.Data.Common;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Npgsql;

namespace Akka.Store.Sql.Postgres;

/// <summary>Opens connections to a server; a password in a file may change between two of them.</summary>
internal sealed class PostgresConnections
{
    /// <summary>A client that was frozen amid a transaction keeps others from its rows no longer.</summary>
    private static readonly TimeSpan _maximumIdle = TimeSpan.FromSeconds(5);

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly string _passwordFile;
    private readonly TimeSpan _timeout;

    /// <param name="connectionString">As Npgsql has it.</param>
    /// <param name="passwordFile">For a connection string without a password; empty = none.</param>
    /// <param name="timeout">How long connecting, and each statement, may take.</param>
    /// <exception cref="ConfigurationException">Npgsql does not understand the connection string.</exception>
    public PostgresConnections(string connectionString, string passwordFile, TimeSpan timeout)
    {
        _settings = Parse(connectionString);
        var seconds = Math.Max(1, (int)Math.Ceiling(timeout.TotalSeconds));
        _settings.Pooling = false;
        _settings.Enlist = false;
        _settings.Timeout = seconds;
        _settings.CommandTimeout = seconds;
        // A server that does not answer will not answer a request to cancel either.
        _settings.CancellationTimeout = -1;
        if (!_settings.TcpKeepAlive)
        {
            // A connection that something between forgot is noticed before it is needed.
            _settings.TcpKeepAlive = true;
            _settings.TcpKeepAliveTime = 30;
            _settings.TcpKeepAliveInterval = 5;
        }

        if (!_settings.ShouldSerialize("Max Auto Prepare"))
        {
            _settings.MaxAutoPrepare = 64;
            _settings.AutoPrepareMinUsages = 2;
        }

        _passwordFile = passwordFile;
        _timeout = timeout;
        Location = $"{_settings.Host}:{_settings.Port}/{_settings.Database ?? _settings.Username}";
    }

    /// <summary>Host, port and database.</summary>
    public string Location { get; }

    /// <param name="statementLimit">What the server allows one statement; null = any time.</param>
    /// <param name="isDurable">Whether commits wait for the server's disk, if it is set up so.</param>
    /// <exception cref="DbException">There is no connection to be had.</exception>
    /// <exception cref="SqlStoreException">The password file cannot be read.</exception>
    public NpgsqlConnection Open(TimeSpan? statementLimit, bool isDurable = true)
    {
        var connection = new NpgsqlConnection(WithPassword());
        try
        {
            connection.Open();
            var idle = _timeout < _maximumIdle ? _timeout : _maximumIdle;
            using var command = connection.CreateCommand();
            command.CommandText =
                $"SET statement_timeout = {(long)(statementLimit ?? TimeSpan.Zero).TotalMilliseconds}; "
                + $"SET idle_in_transaction_session_timeout = {(long)idle.TotalMilliseconds}"
                + (isDurable ? "" : "; SET synchronous_commit = off");
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The failure in words that say where and what to do.</summary>
    public SqlStoreException Explain(DbException error) => new(
        error switch
        {
            PostgresException
            {
                SqlState: PostgresErrorCodes.InvalidPassword
                or PostgresErrorCodes.InvalidAuthorizationSpecification
            } refused =>
                $"The store {Location} refuses the credentials: {refused.MessageText}. Check the user in the "
                + "connection string and the content of the password file.",
            PostgresException server =>
                $"The store {Location} failed: {server.MessageText} ({server.SqlState}).",
            { InnerException: TimeoutException } =>
                $"The store {Location} has not answered within {_settings.CommandTimeout} s.",
            _ => $"The store {Location} cannot be reached or used: {error.Message}",
        },
        error);

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException)
        {
            // What Npgsql says may quote a piece of a password.
            throw new ConfigurationException(
                "The connection string for PostgreSQL is not understood; it must be like \"Host=db;Port=5432;"
                + "Database=cluster;Username=node\", with quotes round values that have ; or = in them.");
        }
    }

    private string WithPassword()
    {
        if (_passwordFile.Length == 0 || !string.IsNullOrEmpty(_settings.Password))
        {
            return _settings.ConnectionString;
        }

        try
        {
            var settings = new NpgsqlConnectionStringBuilder(_settings.ConnectionString)
            {
                Password = File.ReadAllText(_passwordFile).TrimEnd('\r', '\n'),
            };
            return settings.ConnectionString;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SqlStoreException(
                $"The password file {_passwordFile} cannot be read: {cause.Message}", cause);
        }
    }
}
