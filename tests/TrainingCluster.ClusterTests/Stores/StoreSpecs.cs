using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Stores;
using TrainingCluster.ClusterTests.Fakes;

namespace TrainingCluster.ClusterTests.Stores;

public sealed class StoreSpecs : IDisposable
{
    private readonly Home _home = new();
    private readonly string _backups = Directory.CreateTempSubdirectory("backups-").FullName;

    public void Dispose()
    {
        _home.Dispose();
        Directory.Delete(_backups, recursive: true);
    }

    [Fact]
    public async Task A_backup_of_a_running_node_restores_to_a_directory_in_which_every_version_loads()
    {
        var target = Path.Combine(_backups, "one");
        string before;
        await using (var host = await _home.StartAsync(new FakeRunner()))
        {
            await host.WaitAsync(await host.SubmitAsync(Market.Pipeline("macd_momentum"), Market.Bars))
                .Within("the run");
            before = Registry(_home.StateDirectory);

            var report = StoreBackup.Backup(host.State, target);

            Assert.Equal((4, 1), (report.Versions, report.Runs));
        }

        Directory.Delete(_home.StateDirectory, recursive: true);
        StoreBackup.Restore(target, _home.StateDirectory);

        Assert.Equal(before, Registry(_home.StateDirectory));
        Assert.True(StoreCheck.Run(StateReader.Open(_home.StateDirectory)).IsWhole);
        await using var again = await _home.StartAsync(new FakeRunner());
        var run = await again.WaitAsync(await again.SubmitAsync(Market.Encoders("atr_breakout"), Market.Bars))
            .Within("a run on the restored store");
        Assert.Equal(RunStatus.Succeeded, run.Status);
    }

    [Fact]
    public async Task A_missing_and_a_damaged_artifact_are_named_with_what_they_are_for_and_are_not_backed_up()
    {
        await RunAsync();
        var files = StateReader.Open(_home.StateDirectory).Registry().Versions.Values.Single().Files;
        File.Delete(PathOf(files[0].Digest.Hex));
        var damaged = PathOf(files[1].Digest.Hex);
        var bytes = await File.ReadAllBytesAsync(damaged);
        bytes[0] ^= 1;
        File.Delete(damaged);
        await File.WriteAllBytesAsync(damaged, bytes);

        var report = StoreCheck.Run(StateReader.Open(_home.StateDirectory));

        Assert.Equal(
            new[] { ("missing", files[0].Digest.Hex), ("corrupt", files[1].Digest.Hex) }.Order(),
            report.Problems.Select(problem => (problem.Kind, problem.Sha256)).Order());
        Assert.All(report.Problems, problem => Assert.Contains("cnn_lstm/macd_momentum@1.0.0", problem.Whom));
        var target = Path.Combine(_backups, "two");
        Assert.Throws<StoreBackupException>(() => StoreBackup.Backup(StateReader.Open(_home.StateDirectory), target));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_backups));
    }

    [Fact]
    public async Task Nothing_is_written_over()
    {
        await RunAsync();
        var state = StateReader.Open(_home.StateDirectory);

        var taken = Assert.Throws<StoreBackupException>(() => StoreBackup.Backup(state, _backups));
        var target = Path.Combine(_backups, "three");
        StoreBackup.Backup(state, target);
        var inUse = Assert.Throws<StoreBackupException>(() => StoreBackup.Restore(target, _home.StateDirectory));

        Assert.Contains("is there already", taken.Message);
        Assert.Contains("is there already", inUse.Message);
    }

    [Fact]
    public void A_directory_without_a_journal_has_nothing_to_back_up()
    {
        StateDirectory.OpenOrCreate(_home.StateDirectory);

        var refused = Assert.Throws<StoreBackupException>(() => StoreBackup.Backup(
            StateReader.Open(_home.StateDirectory), Path.Combine(_backups, "four")));

        Assert.Contains("journal.db", refused.Message);
    }

    private async Task RunAsync()
    {
        await using var host = await _home.StartAsync(new FakeRunner());
        await host.WaitAsync(await host.SubmitAsync(Market.Encoders("macd_momentum"), Market.Bars)).Within("the run");
    }

    private string PathOf(string hex) => Path.Combine(_home.StateDirectory, "artifacts", "sha256", hex[..2], hex);

    private static string Registry(string directory) =>
        TrainingCluster.Registry.Views.RegistryJson.Write(StateReader.Open(directory).Registry());
}
