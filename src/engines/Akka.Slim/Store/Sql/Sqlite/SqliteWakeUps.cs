using System.Globalization;

namespace Akka.Store.Sql.Sqlite;

/// <summary>
/// Wake-ups between the processes of one machine: each has a folder with a file for each uid it listens for,
/// which others touch and the kernel reports.
/// </summary>
internal sealed class SqliteWakeUps : IWakeUps
{
    private const string LockName = "listening";

    private readonly Lock _lock = new();
    private readonly List<(int Uid, Action OnWake)> _listeners = [];
    private readonly string _root;
    private readonly TimeProvider _clock;
    private FileStream? _held;
    private FileSystemWatcher? _watcher;

    /// <param name="storeFolder">Holds the store's files.</param>
    /// <param name="clock">Stamps what is touched.</param>
    public SqliteWakeUps(string storeFolder, TimeProvider clock)
    {
        _root = Path.Combine(storeFolder, "wake");
        _clock = clock;
    }

    public void Wake(int uid)
    {
        try
        {
            var name = FileName(uid);
            foreach (var folder in Directory.EnumerateDirectories(_root))
            {
                var file = Path.Combine(folder, name);
                if (File.Exists(file))
                {
                    File.SetLastWriteTimeUtc(file, _clock.GetUtcNow().UtcDateTime);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nobody listens, or not any more.
        }
    }

    public IDisposable Listen(int uid, Action onWake)
    {
        var listener = (uid, onWake);
        lock (_lock)
        {
            _listeners.Add(listener);
            try
            {
                StartWatching();
                var file = Path.Combine(_watcher!.Path, FileName(uid));
                File.Open(file, FileMode.OpenOrCreate).Dispose();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Without the kernel's reports, of which a user may have few, the listener's polling remains.
            }
        }

        return new Listening(this, listener);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _watcher?.Dispose();
            if (_held is not null)
            {
                Remove(Path.GetDirectoryName(_held.Name)!);
                _held.Dispose();
            }

            (_watcher, _held) = (null, null);
            _listeners.Clear();
        }
    }

    private static string FileName(int uid) => uid.ToString(CultureInfo.InvariantCulture);

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Another process removed it.
        }
    }

    private static FileStream? TryHold(string folder, FileMode mode)
    {
        try
        {
            return new FileStream(
                Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void StartWatching()
    {
        if (_watcher is not null)
        {
            return;
        }

        Directory.CreateDirectory(_root);
        RemoveDead();
        for (var i = 0; _held is null; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_root, $"{Environment.ProcessId}-{i}"));
            _held = TryHold(folder.FullName, FileMode.CreateNew);
        }

        var watcher = new FileSystemWatcher(Path.GetDirectoryName(_held.Name)!)
        {
            NotifyFilter = NotifyFilters.LastWrite,
        };
        watcher.Changed += (_, change) => OnTouched(change.Name);
        watcher.Error += (_, _) => OnTouched(null);
        try
        {
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
        }
        catch
        {
            watcher.Dispose();
            throw;
        }
    }

    /// <summary>A process that died left its folder behind, but not its lock.</summary>
    private void RemoveDead()
    {
        foreach (var folder in Directory.EnumerateDirectories(_root))
        {
            using var held = TryHold(folder, FileMode.Open);
            if (held is not null)
            {
                Remove(folder);
            }
        }
    }

    /// <param name="name">Null where some may have been missed.</param>
    private void OnTouched(string? name)
    {
        List<Action> woken;
        lock (_lock)
        {
            woken = [.. _listeners
                .Where(listener => name is null || FileName(listener.Uid) == name)
                .Select(listener => listener.OnWake)];
        }

        foreach (var onWake in woken)
        {
            onWake();
        }
    }

    private void Remove((int Uid, Action OnWake) listener)
    {
        lock (_lock)
        {
            _listeners.Remove(listener);
            if (_watcher is not null && !_listeners.Exists(other => other.Uid == listener.Uid))
            {
                File.Delete(Path.Combine(_watcher.Path, FileName(listener.Uid)));
            }
        }
    }

    private sealed class Listening(SqliteWakeUps owner, (int Uid, Action OnWake) listener) : IDisposable
    {
        public void Dispose() => owner.Remove(listener);
    }
}
