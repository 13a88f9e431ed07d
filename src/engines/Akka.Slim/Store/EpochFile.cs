using System.Globalization;
using Akka.Persistence.Sql;

namespace Akka.Store;

/// <summary>
/// Remembers on this machine the highest epoch that the store was ever seen at. A store below it was restored
/// from an old backup, or failed over and lost commits; what was fenced may then be unfenced. An
/// administrator accepts such a store by deleting the file.
/// </summary>
/// <param name="path">Empty = remembered in memory only.</param>
internal sealed class EpochFile(string path)
{
    private long _highest;

    /// <summary>
    /// False where the store has been at a higher epoch before; else the epoch is remembered.
    /// </summary>
    /// <exception cref="SqlStoreException">The file cannot be read, understood or written.</exception>
    public bool Accepts(long epoch)
    {
        if (path.Length > 0 && epoch != _highest)
        {
            _highest = Read();
        }

        if (epoch < _highest)
        {
            return false;
        }

        if (epoch > _highest)
        {
            Write(epoch);
            _highest = epoch;
        }

        return true;
    }

    /// <summary>The highest epoch, for messages.</summary>
    public long Highest => _highest;

    private long Read()
    {
        try
        {
            var text = File.Exists(path) ? File.ReadAllText(path).Trim() : "0";
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
                ? epoch
                : throw new SqlStoreException(
                    $"The epoch file {path} holds no number. Delete it if the store is the right one.");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Unusable(cause);
        }
    }

    private void Write(long epoch)
    {
        if (path.Length == 0)
        {
            return;
        }

        try
        {
            // Another process of this machine may read it at any moment, so it is never there in part.
            var temporary = $"{path}.{Environment.ProcessId}";
            File.WriteAllText(temporary, epoch.ToString(CultureInfo.InvariantCulture));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Unusable(cause);
        }
    }

    private SqlStoreException Unusable(Exception cause) =>
        new($"The epoch file {path} cannot be used: {cause.Message}", cause);
}
