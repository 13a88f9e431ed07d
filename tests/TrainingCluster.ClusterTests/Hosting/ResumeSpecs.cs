using Microsoft.Data.Sqlite;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.ClusterTests.Fakes;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.ClusterTests.Hosting;

/// <summary>Runs that outlive their process, and state directories that were treated badly.</summary>
public sealed class ResumeSpecs : IDisposable
{
    private readonly Home _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_paused_run_goes_on_where_it_stood()
    {
        var gate = new Gate("ppo/macd_momentum");
        var runner = new FakeRunner(gate.PassAsync);
        await using var host = await _home.StartAsync(runner, slots: 1);
        var run = await host.SubmitAsync(Market.Pipeline("macd_momentum"), Market.Bars);
        await gate.Reached.Within("the agent");

        var paused = await host.PauseAsync(run).Within("the pause");
        Assert.Equal(RunStatus.Paused, paused.Status);
        Assert.True(paused.IsStill);

        gate.Open();
        await host.ResumeAsync(run);
        var ended = await host.WaitAsync(run).Within("the rest");

        Assert.Equal(RunStatus.Succeeded, ended.Status);
        Assert.Equal(1, runner.StartsOf("cnn_lstm/macd_momentum"));
        Assert.Equal(2, ended.Jobs.Single(job => job.Id == "ppo/macd_momentum").Attempts);
    }

    [Fact]
    public async Task A_host_that_ends_in_mid_run_leaves_it_to_the_next_which_repeats_nothing_that_is_done()
    {
        var gate = new Gate("hybrid/macd_momentum");
        RunId run;
        await using (var host = await _home.StartAsync(new FakeRunner(gate.PassAsync), slots: 1))
        {
            run = await host.SubmitAsync(Market.Pipeline("macd_momentum"), Market.Bars);
            await gate.Reached.Within("the hybrid");
        }

        Assert.Equal(RunStatus.Interrupted, StateReader.Open(_home.StateDirectory).Run(run)!.Status);
        var second = new FakeRunner();
        await using var next = await _home.StartAsync(second, slots: 1);
        Assert.Equal(RunStatus.Interrupted, (await next.WaitAsync(run).Within("standstill")).Status);
        Assert.Empty(second.Starts);

        await next.ResumeAsync(run);
        var ended = await next.WaitAsync(run).Within("the rest");

        Assert.Equal(RunStatus.Succeeded, ended.Status);
        Assert.Equal(
            ["hybrid/macd_momentum", "ensemble/main"], second.Starts.Select(start => start.Spec.Id));
    }

    [Fact]
    public async Task Runs_go_on_by_themselves_where_the_settings_say_so()
    {
        var gate = new Gate("cnn_lstm/macd_momentum");
        RunId run;
        await using (var host = await _home.StartAsync(new FakeRunner(gate.PassAsync)))
        {
            run = await host.SubmitAsync(Market.Encoders("macd_momentum"), Market.Bars);
            await gate.Reached.Within("the encoder");
        }

        await using var next = await _home.StartAsync(
            new FakeRunner(), config: "training.coordinator.resume-on-recovery = on");

        Assert.Equal(RunStatus.Succeeded, (await next.WaitAsync(run).Within("the run")).Status);
    }

    [Fact]
    public async Task A_second_host_is_refused_while_the_first_holds_the_directory()
    {
        await using var host = await _home.StartAsync(new FakeRunner());

        var refused =
            await Assert.ThrowsAsync<StateDirectoryException>(() => _home.StartAsync(new FakeRunner()));

        Assert.Equal(StateDirectoryProblem.InUse, refused.Problem);
    }

    [Fact]
    public async Task Reading_beside_a_host_that_trains_sees_what_is_stored()
    {
        var gate = new Gate("ppo/macd_momentum");
        await using var host = await _home.StartAsync(new FakeRunner(gate.PassAsync));
        var run = await host.SubmitAsync(Market.Pipeline("macd_momentum"), Market.Bars);
        await gate.Reached.Within("the agent");

        var reader = StateReader.Open(_home.StateDirectory);

        Assert.Equal(RunStatus.Running, reader.Run(run)!.Status);
        Assert.Equal(
            "cnn_lstm/macd_momentum@1.0.0", Assert.Single(reader.Registry().Versions.Keys).ToString());
        gate.Open();
    }

    [Fact]
    public async Task A_damaged_event_is_named_with_file_and_number_and_nothing_starts()
    {
        await using (var host = await _home.StartAsync(new FakeRunner()))
        {
            await host.WaitAsync(await host.SubmitAsync(Market.Encoders("macd_momentum"), Market.Bars))
                .Within("the encoder");
        }

        Damage("run-coordinator", sequenceNumber: 3);

        var corrupt = await Assert.ThrowsAsync<JournalCorruptException>(
            () => _home.StartAsync(new FakeRunner()));
        Assert.Equal(3, corrupt.SequenceNumber);
        Assert.Contains("journal.db", corrupt.Message);
        Assert.Throws<JournalCorruptException>(() => StateReader.Open(_home.StateDirectory).Runs());
        Assert.Single(StateReader.Open(_home.StateDirectory).Registry().Versions);
    }

    [Fact]
    public async Task A_journal_that_is_no_database_is_named()
    {
        StateDirectory.OpenOrCreate(_home.StateDirectory);
        await File.WriteAllTextAsync(
            Path.Combine(_home.StateDirectory, "journal.db"), new string('x', 4096));

        var corrupt = await Assert.ThrowsAsync<JournalCorruptException>(
            () => _home.StartAsync(new FakeRunner()));

        Assert.Equal(0, corrupt.SequenceNumber);
        Assert.False(StateDirectory.OpenExisting(_home.StateDirectory).IsInUse);
    }

    [Fact]
    public async Task A_fresh_directory_has_nothing_in_it()
    {
        await using var host = await _home.StartAsync(new FakeRunner());

        Assert.Empty(host.State.Runs());
        Assert.Empty(host.State.Registry().Versions);
        Assert.Equal(2, Assert.Single(await host.NodesAsync()).Slots);
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(
            () => host.GetAsync(RunId.Parse("v_20000101_000000")));
        Assert.Equal("unknown_run", refused.Code);
    }

    private void Damage(string persistenceId, long sequenceNumber)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_home.StateDirectory, "journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            UPDATE journal SET message = CAST(REPLACE(CAST(message AS TEXT), 'test', 'text') AS BLOB)
            WHERE persistence_id = $id AND sequence_number = $number
            """;
        command.Parameters.AddWithValue("$id", persistenceId);
        command.Parameters.AddWithValue("$number", sequenceNumber);
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
