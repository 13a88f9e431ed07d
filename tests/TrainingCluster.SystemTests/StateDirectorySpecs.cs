using System.Text;

namespace TrainingCluster.SystemTests;

/// <summary>State directories that must not be used, or not now.</summary>
public sealed class StateDirectorySpecs
{
    private static readonly string[][] Readers =
        [["train", "list"], ["runs", "list"], ["status"], ["train", "info", "ensemble/main"]];

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_named_with_the_code_of_a_permission()
    {
        using var folder = new StateFolder();
        var file = folder.File("file", "");

        foreach (var state in new[] { Path.Combine(file, "state"), "/proc/state", file })
        {
            (await TrainAsync(state)).ExpectError(4, state, "--state");
            Assert.Equal([file], Directory.GetFileSystemEntries(folder.Path));
        }
    }

    [Fact]
    public async Task A_directory_of_a_newer_format_is_left_as_it_is()
    {
        using var folder = new StateFolder();
        Directory.CreateDirectory(folder.State);
        var format = Path.Combine(folder.State, "format");
        await File.WriteAllTextAsync(format, "2\n");

        (await TrainAsync(folder.State)).ExpectError(6, "format 2", "up to format 1");
        foreach (var reader in Readers)
        {
            (await Trainctl.RunAsync([.. reader, "--state", folder.State])).ExpectError(6, "format 2");
        }

        Assert.Equal([format], Directory.GetFileSystemEntries(folder.State));
    }

    [Fact]
    public async Task A_directory_of_somebody_else_is_left_as_it_is()
    {
        using var folder = new StateFolder();
        var file = folder.File("letter.txt", "dear reader");

        (await TrainAsync(folder.Path)).ExpectError(2, folder.Path, "no state directory");
        (await Trainctl.RunAsync("train", "list", "--state", folder.Path)).ExpectError(2, folder.Path);

        Assert.Equal([file], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Reading_a_directory_that_does_not_exist_says_so_and_does_not_make_it()
    {
        using var folder = new StateFolder();

        foreach (var reader in Readers)
        {
            (await Trainctl.RunAsync([.. reader, "--state", folder.State]))
                .ExpectError(3, folder.State, "does not exist");
        }

        Assert.False(Path.Exists(folder.State));
    }

    [Fact]
    public async Task While_one_process_trains_another_is_refused_and_readers_see_the_run()
    {
        using var folder = new StateFolder();
        await using var first = Trainctl.Start(
            "train", "pipeline", UnbrokenRun.Bars, "--seed", "5", "--state", folder.State);
        await first.SaysAsync("running");

        var second = await TrainAsync(folder.State);
        var status = await Trainctl.RunAsync("status", "--state", folder.State, "-o", "json");
        var listed = await Trainctl.RunAsync("runs", "list", "--state", folder.State, "-o", "json");

        second.ExpectError(6, folder.State, $"process {first.Id}");
        Assert.True(status.Expect(0).Json().GetProperty("inUse").GetBoolean());
        var run = listed.Expect(0).Json().GetProperty("items").EnumerateArray().Single();
        Assert.Contains(RunResult.Text(run, "status"), new[] { "running", "queued" });
    }

    [Fact]
    public async Task An_idle_directory_is_told_as_such()
    {
        var run = await UnbrokenRun.GetAsync();

        var status = (await Trainctl.RunAsync("status", "--state", run.State, "-o", "json")).Expect(0).Json();

        Assert.False(status.GetProperty("inUse").GetBoolean());
        Assert.Equal(1, status.GetProperty("runs").GetInt32());
        Assert.Equal(10, status.GetProperty("versions").GetInt32());
        Assert.Equal(run.Result.Id, RunResult.Text(status.GetProperty("newestRun"), "runId"));
    }

    [Fact]
    public async Task One_changed_letter_of_an_event_is_found_by_everything_that_reads_the_journal()
    {
        using var folder = new StateFolder();
        var state = folder.CopyOf((await UnbrokenRun.GetAsync()).State);

        Spoil(state, "ppo/rsi_mean_reversion", "ppo/rsi_mean_reversiom");

        await ExpectCorruptAsync(state, "checksum");
    }

    [Fact]
    public async Task A_journal_that_is_no_database_any_more_is_told_as_corrupt()
    {
        using var folder = new StateFolder();
        var state = folder.CopyOf((await UnbrokenRun.GetAsync()).State);

        Overwrite(state, 0, 100);

        await ExpectCorruptAsync(state, "SQLite");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Lost_pages_of_the_journal_are_told_as_corrupt(int page)
    {
        using var folder = new StateFolder();
        var state = folder.CopyOf((await UnbrokenRun.GetAsync()).State);

        Overwrite(state, page * 4096, 4096);

        // Readers may do without the page; whoever writes may not.
        (await TrainAsync(state)).ExpectError(5, "journal.db", "corrupt");
        Assert.Single(Directory.GetDirectories(Path.Combine(state, "runs")));
    }

    private static Task<Outcome> TrainAsync(string state) => Trainctl.RunAsync(
        "train", "cnn-lstm", UnbrokenRun.Bars, "--strategies", "macd_momentum", "--state", state);

    private static async Task ExpectCorruptAsync(string state, params string[] words)
    {
        var runs = Directory.GetDirectories(Path.Combine(state, "runs"));
        (await TrainAsync(state)).ExpectError(5, ["journal.db", "corrupt", .. words]);
        (await Trainctl.RunAsync("status", "--state", state)).ExpectError(5, ["journal.db", "corrupt", .. words]);
        Assert.Equal(runs, Directory.GetDirectories(Path.Combine(state, "runs")));
    }

    private static void Spoil(string state, string text, string other)
    {
        var journal = Path.Combine(state, "journal.db");
        var bytes = File.ReadAllBytes(journal);
        var at = bytes.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(text));
        Assert.True(at > 0, $"the journal has no '{text}'");
        Encoding.UTF8.GetBytes(other).CopyTo(bytes, at);
        File.WriteAllBytes(journal, bytes);
    }

    private static void Overwrite(string state, int at, int count)
    {
        using var journal = File.OpenWrite(Path.Combine(state, "journal.db"));
        journal.Position = at;
        journal.Write([.. Enumerable.Repeat((byte)0xA5, count)]);
    }
}
