using TrainingCluster.Training.Checkpoints;

namespace TrainingCluster.LearningTests.Checkpoints;

public sealed class DirectoryCheckpointStoreSpecs : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("checkpoints-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_latest_content_comes_back()
    {
        var store = new DirectoryCheckpointStore(_root);
        store.Save("job", new byte[] { 1 });
        store.Save("job", new byte[] { 2 });
        store.Save("job", new byte[] { 3 });

        Assert.Equal([3], store.LoadLatest("job")!.Value.ToArray());
    }

    [Fact]
    public void Another_job_and_an_unknown_job_have_nothing()
    {
        var store = new DirectoryCheckpointStore(_root);
        store.Save("job", new byte[] { 1 });

        Assert.Null(store.LoadLatest("other"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(39)]
    public void A_torn_newest_file_falls_back_to_the_one_before(int keptBytes)
    {
        var store = new DirectoryCheckpointStore(_root);
        store.Save("job", new byte[] { 1, 1, 1, 1, 1, 1, 1, 1 });
        store.Save("job", new byte[] { 2, 2, 2, 2, 2, 2, 2, 2 });
        using (var file = File.OpenWrite(Newest()))
        {
            file.SetLength(keptBytes);
        }

        Assert.Equal(1, store.LoadLatest("job")!.Value.Span[0]);
    }

    [Fact]
    public void A_flipped_bit_falls_back_to_the_one_before()
    {
        var store = new DirectoryCheckpointStore(_root);
        store.Save("job", new byte[] { 1 });
        store.Save("job", new byte[] { 2 });
        var bytes = File.ReadAllBytes(Newest());
        bytes[0] ^= 0x40;
        File.WriteAllBytes(Newest(), bytes);

        Assert.Equal([1], store.LoadLatest("job")!.Value.ToArray());
    }

    [Fact]
    public void Two_files_are_kept_and_a_left_over_temporary_one_does_no_harm()
    {
        var store = new DirectoryCheckpointStore(_root);
        for (byte i = 0; i < 5; i++)
        {
            store.Save("job", new[] { i });
        }

        File.WriteAllBytes(Path.Combine(_root, "job", "000000000099.ckpt.tmp"), [9]);

        Assert.Equal(2, Directory.GetFiles(Path.Combine(_root, "job"), "*.ckpt").Length);
        Assert.Equal([4], store.LoadLatest("job")!.Value.ToArray());
    }

    [Fact]
    public void A_cleared_job_has_nothing_and_can_start_again()
    {
        var store = new DirectoryCheckpointStore(_root);
        store.Save("job", new byte[] { 1 });

        store.Clear("job");
        store.Clear("never-there");

        Assert.Null(store.LoadLatest("job"));
        store.Save("job", new byte[] { 2 });
        Assert.Equal([2], store.LoadLatest("job")!.Value.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("UPPER")]
    public void A_key_that_is_no_plain_name_is_refused(string key)
    {
        var store = new DirectoryCheckpointStore(_root);

        Assert.Throws<ArgumentException>(() => store.Save(key, new byte[] { 1 }));
    }

    private string Newest() =>
        Directory.GetFiles(Path.Combine(_root, "job"), "*.ckpt").Max(StringComparer.Ordinal)!;
}
