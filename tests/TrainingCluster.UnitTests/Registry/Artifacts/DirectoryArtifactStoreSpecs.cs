using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Artifacts;

namespace TrainingCluster.UnitTests.Registry.Artifacts;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DirectoryArtifactStoreSpecs : IDisposable
{
    private static readonly byte[] Content = [1, 2, 3, 5, 7];

    private readonly string _root = Directory.CreateTempSubdirectory("artifacts-").FullName;

    private DirectoryArtifactStore Store => new(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_was_put_comes_back_under_the_sha256_of_its_bytes()
    {
        var digest = Store.Put(Content);

        Assert.Equal(Digest.Of(Content), digest);
        Assert.Equal(Content, Store.Get(digest).ToArray());
        Assert.True(Store.Contains(digest));
    }

    [Fact]
    public void A_stored_file_cannot_be_written_to_and_nothing_is_left_aside()
    {
        var path = Store.PathOf(Store.Put(Content));

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(path));
        Assert.Empty(Directory.GetFiles(Path.Combine(_root, "temp")));
        Assert.EndsWith(Path.Combine("sha256", "aa"), Path.GetDirectoryName(
            Store.PathOf(Digest.Parse(new string('a', 64)))));
    }

    [Fact]
    public void A_flipped_byte_is_refused_with_the_names_of_the_file_and_of_both_digests()
    {
        var digest = Store.Put(Content);
        var path = Store.PathOf(digest);
        Damage(path);

        var corrupt = Assert.Throws<ArtifactCorruptException>(() => Store.Get(digest));

        Assert.Contains(path, corrupt.Message);
        Assert.Contains(digest.Hex, corrupt.Message);
        Assert.Equal(digest, corrupt.Digest);
        Assert.NotEqual(digest, corrupt.Actual);
    }

    [Fact]
    public void Putting_the_right_bytes_again_heals_a_damaged_file()
    {
        var digest = Store.Put(Content);
        Damage(Store.PathOf(digest));

        Store.Put(Content);

        Assert.Equal(Content, Store.Get(digest).ToArray());
    }

    [Fact]
    public void What_is_not_there_is_reported_as_missing()
    {
        var digest = Digest.Of("nothing");

        Assert.False(Store.Contains(digest));
        Assert.Equal(digest, Assert.Throws<ArtifactMissingException>(() => Store.Get(digest)).Digest);
    }

    [Fact]
    public async Task Several_writers_of_the_same_content_do_not_disturb_each_other()
    {
        var content = new byte[100_003];

        var digests = await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => Task.Run(() => Store.Put(content))));

        Assert.Single(digests.Distinct());
        Assert.Equal(content, Store.Get(digests[0]).ToArray());
    }

    private static void Damage(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[2] ^= 1;
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(path, bytes);
    }
}
