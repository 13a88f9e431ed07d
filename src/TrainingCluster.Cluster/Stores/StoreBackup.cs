using System.Globalization;
using Microsoft.Data.Sqlite;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Reading;

namespace TrainingCluster.Cluster.Stores;

/// <summary>
/// Copies of a state directory whose journal is an SQLite file. The journal is copied as one moment of it, while nodes
/// may go on; artifacts and checkpoints are copied after it. An artifact is stored before the event that names it and
/// never changes, so every version in the copy has its files.
/// </summary>
public static class StoreBackup
{
    private const string PartExtension = ".part";

    private static readonly string[] Folders = ["artifacts", "checkpoints", "trials", "runs"];

    /// <summary>Makes the copy beside its final name, checks it, and then names it.</summary>
    /// <param name="target">Must not be there.</param>
    /// <returns>What is in the copy.</returns>
    /// <exception cref="StoreBackupException">There is something already, the journal is no file, or the copy is not
    /// whole.</exception>
    /// <exception cref="JournalCorruptException">The journal cannot be read.</exception>
    public static StoreReport Backup(StateReader state, string target) =>
        Copy(state.Directory, Path.GetFullPath(target));

    /// <summary>Brings a copy back. The state directory must not be there, or be empty.</summary>
    /// <inheritdoc cref="Backup"/>
    public static StoreReport Restore(string backup, string stateDirectory)
    {
        var source = StateDirectory.OpenExisting(backup);
        var target = Path.GetFullPath(stateDirectory);
        if (Directory.Exists(target) && !Directory.EnumerateFileSystemEntries(target).Any())
        {
            Directory.Delete(target);
        }

        return Copy(source, target);
    }

    private static StoreReport Copy(StateDirectory source, string target)
    {
        if (Path.Exists(target))
        {
            throw new StoreBackupException($"{target} is there already; name a folder that is not");
        }

        if (!File.Exists(source.JournalPath))
        {
            throw new StoreBackupException($"{source.Root} has no file journal.db: nothing was trained there, or its "
                + "journal is in PostgreSQL, which has backups of its own (pg_dump)");
        }

        var part = target + PartExtension;
        if (Directory.Exists(part))
        {
            throw new StoreBackupException($"{part} is there: a copy that was broken off. Delete it and try again");
        }

        Directory.CreateDirectory(part);
        try
        {
            CopyJournal(source.JournalPath, Path.Combine(part, "journal.db"));
            foreach (var folder in Folders)
            {
                CopyFolder(Path.Combine(source.Root, folder), Path.Combine(part, folder));
            }

            File.WriteAllText(
                Path.Combine(part, "format"), StateDirectory.Format.ToString(CultureInfo.InvariantCulture) + "\n");
            var report = StoreCheck.Run(StateReader.Open(part));
            if (!report.IsWhole)
            {
                throw new StoreBackupException("the copy is not whole:\n  " + string.Join("\n  ",
                    report.Problems.Select(problem => $"{problem.Kind}: {problem.Sha256}, {problem.Whom}")));
            }

            Directory.Move(part, target);
            return report;
        }
        catch
        {
            Directory.Delete(part, recursive: true);
            throw;
        }
    }

    private static void CopyJournal(string from, string to)
    {
        using var source = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = from,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ConnectionString);
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = to,
            Pooling = false,
        }.ConnectionString);
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);
    }

    private static void CopyFolder(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(from, file);
            if (path.StartsWith("temp" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                continue;
            }

            var copy = Path.Combine(to, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            try
            {
                File.Copy(file, copy);
            }
            catch (FileNotFoundException)
            {
                // A checkpoint or trial that was replaced meanwhile; artifacts are never.
            }
        }
    }
}

/// <summary>A backup cannot be made, or cannot be brought back.</summary>
public sealed class StoreBackupException(string message) : Exception(message);
