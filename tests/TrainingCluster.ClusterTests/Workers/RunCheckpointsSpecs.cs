using System.Text;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Workers;
using TrainingCluster.ClusterTests.Fakes;

namespace TrainingCluster.ClusterTests.Workers;

public sealed class RunCheckpointsSpecs
{
    private const string Key = "job";
    private readonly MemoryCheckpoints _store = new();

    [Fact]
    public void An_attempt_goes_on_from_what_an_earlier_one_left()
    {
        Of(1).Save(Key, Bytes("one"));

        Assert.Equal("one", Text(Of(3).LoadLatest(Key)));
    }

    [Fact]
    public void What_a_given_up_attempt_still_writes_does_not_touch_its_successor()
    {
        Of(1).Save(Key, Bytes("one"));
        Of(2).Save(Key, Bytes("two"));
        Of(1).Save(Key, Bytes("late"));

        Assert.Equal("two", Text(Of(2).LoadLatest(Key)));
        Of(1).Clear(Key);
        Assert.Equal("two", Text(Of(3).LoadLatest(Key)));
    }

    [Fact]
    public void The_end_of_a_job_clears_what_all_its_attempts_left()
    {
        Of(1).Save(Key, Bytes("one"));
        Of(2).Save(Key, Bytes("two"));

        Of(2).Clear(Key);

        Assert.Null(Of(3).LoadLatest(Key));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string? Text(ReadOnlyMemory<byte>? content) =>
        content is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private RunCheckpoints Of(int attempt) =>
        new(_store, new JobAttempt(RunId.Parse("v_20241127_143022"), "cnn_lstm/a", attempt));
}
