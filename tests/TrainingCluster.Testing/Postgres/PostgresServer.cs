using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TrainingCluster.Testing.Machine;

namespace TrainingCluster.Testing.Postgres;

/// <summary>
/// A server of a test's own: private folder, private port, a user that is not root, and nothing left of it
/// afterwards. It keeps what it acknowledged, as a real one does.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    public const string Database = "postgres";
    public const string User = "trainer";
    public const string Password = "not-a-secret";

    private static readonly Lazy<string> Template = new(MakeTemplate);
    private readonly string _folder = PostgresPrograms.NewFolder();
    private readonly PostgresServerOptions _options;
    private bool _isRunning;

    private PostgresServer(PostgresServerOptions options)
    {
        _options = options;
        Port = FreePort();
    }

    /// <summary>By name or number, where clients find it.</summary>
    public string Host => _options.Address;

    public int Port { get; }

    /// <summary>A file with the password, for settings that take one.</summary>
    public string PasswordFile => Path.Combine(_folder, "password");

    /// <summary>As Npgsql has it, with the password.</summary>
    public string ConnectionString =>
        $"Host={Host};Port={Port};Database={Database};Username={User};Password={Password}";

    private string Data => Path.Combine(_folder, "data");

    /// <exception cref="InvalidOperationException">
    /// There is none on this machine, or it did not start.
    /// </exception>
    public static PostgresServer Start(PostgresServerOptions? options = null)
    {
        var server = new PostgresServer(options ?? new PostgresServerOptions());
        try
        {
            Shell.Run("cp", "-a", Template.Value, server.Data);
            Shell.Run("cp", "-a", Template.Value + ".password", server.PasswordFile);
            server.StartAgain();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void StartAgain()
    {
        var settings = string.Join(' ', Settings().Select(setting => $"-c {setting}"));
        Shell.Run(PostgresPrograms.Line(
            _options.Wrapper, "pg_ctl", "start", "-D", Data, "-w", "-t", "30", "-s",
            "-l", Path.Combine(_folder, "server.log"), "-o", settings));
        _isRunning = true;
    }

    /// <param name="mode">fast: connections are ended; immediate: as if the machine had lost power.</param>
    public void Stop(string mode = "fast")
    {
        _isRunning = false;
        Shell.Run(PostgresPrograms.Line([], "pg_ctl", "stop", "-D", Data, "-w", "-t", "30", "-s", "-m", mode));
    }

    /// <summary>What a statement gives, a line for each row, from wherever the server is.</summary>
    public string Query(string sql) => Shell.Run(PostgresPrograms.Line(
        [], "psql", "-h", _folder, "-p", Port.ToString(CultureInfo.InvariantCulture),
        "-U", User, "-d", Database, "-Atc", sql)).Trim();

    public void Dispose()
    {
        if (_isRunning)
        {
            Stop("immediate");
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string MakeTemplate()
    {
        var folder = PostgresPrograms.NewFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var (template, password) = (Path.Combine(folder, "data"), Path.Combine(folder, "data.password"));
        File.WriteAllText(password, Password);
        Shell.Run("chmod", "644", password);
        Shell.Run(PostgresPrograms.Line(
            [], "initdb", "-D", template, "-U", User, $"--pwfile={password}", "--auth-local=trust",
            "--auth-host=scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
        File.AppendAllText(Path.Combine(template, "pg_hba.conf"), "host all all all scram-sha-256\n");
        return template;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private IEnumerable<string> Settings() =>
    [
        $"port={Port}",
        $"listen_addresses={Host}",
        $"unix_socket_directories={_folder}",
        .. _options.Settings,
    ];
}
