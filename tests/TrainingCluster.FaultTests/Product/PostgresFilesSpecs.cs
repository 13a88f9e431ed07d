using System.Text;
using TrainingCluster.Cluster.Storage;
using TrainingCluster.FaultTests.Stores;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Testing.Postgres;

namespace TrainingCluster.FaultTests.Product;

/// <summary>Artifacts and checkpoints as rows of a server.</summary>
public sealed class PostgresFilesSpecs
{
    [PostgresFact]
    public void Artifacts_of_any_size_come_back_under_their_digests_and_are_kept_once()
    {
        using var server = PostgresServer.Start();
        using var files = Open(server);
        var store = new PostgresArtifactStore(files);
        var large = new byte[(2 * PostgresArtifactStore.ChunkBytes) + 17];
        new Random(1).NextBytes(large);

        foreach (var content in (byte[][])[[], [7], large])
        {
            Assert.False(store.Contains(Digest.Of(content)));
            var digest = store.Put(content);
            Assert.Equal(digest, store.Put(content));
            Assert.Equal(Digest.Of(content), digest);
            Assert.True(store.Contains(digest));
            Assert.Equal(content, store.Get(digest).ToArray());
        }

        Assert.Equal("4", server.Query("SELECT count(*) FROM artifact_chunk"));
        Assert.Throws<ArtifactMissingException>(() => store.Get(Digest.Of("nothing")));
    }

    [PostgresFact]
    public void A_spoilt_artifact_is_refused_until_the_right_bytes_are_put_again()
    {
        using var server = PostgresServer.Start();
        using var files = Open(server);
        var store = new PostgresArtifactStore(files);
        var content = Encoding.UTF8.GetBytes("weights");
        var digest = store.Put(content);
        server.Query("UPDATE artifact_chunk SET content = 'weighty'::bytea");

        Assert.Throws<ArtifactCorruptException>(() => store.Get(digest));

        store.Put(content);
        Assert.Equal(content, store.Get(digest).ToArray());
    }

    [PostgresFact]
    public async Task Many_writers_of_one_artifact_agree()
    {
        using var server = PostgresServer.Start();
        using var files = Open(server);
        var content = Encoding.UTF8.GetBytes("bars");

        await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(_ => Task.Run(() => new PostgresArtifactStore(files).Put(content))));

        Assert.Equal("1", server.Query("SELECT count(*) FROM artifact_chunk"));
        Assert.Equal(content, new PostgresArtifactStore(files).Get(Digest.Of(content)).ToArray());
    }

    [PostgresFact]
    public void The_newest_whole_checkpoint_is_loaded_and_two_are_kept()
    {
        using var server = PostgresServer.Start();
        using var files = Open(server);
        var store = new PostgresCheckpointStore(files);
        foreach (var text in (string[])["one", "two", "three"])
        {
            store.Save("job", Encoding.UTF8.GetBytes(text));
        }

        Assert.Equal("2", server.Query("SELECT count(*) FROM checkpoint"));
        Assert.Equal("three", Text(store.LoadLatest("job")));
        server.Query("UPDATE checkpoint SET content = 'torn'::bytea WHERE number = 3");
        Assert.Equal("two", Text(store.LoadLatest("job")));
        store.Clear("job");
        Assert.Null(store.LoadLatest("job"));
    }

    [PostgresFact]
    public void A_server_that_is_away_is_an_error_of_storage_that_names_no_password()
    {
        using var server = PostgresServer.Start();
        using var files = Open(server);
        server.Stop();

        var refused = Assert.Throws<IOException>(() => new PostgresArtifactStore(files).Put(new byte[] { 1 }));

        Assert.DoesNotContain(PostgresServer.Password, refused.Message);
    }

    private static string? Text(ReadOnlyMemory<byte>? content) =>
        content is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private static PostgresFiles Open(PostgresServer server) => PostgresFiles.Open(
        $"Host={server.Host};Port={server.Port};Database={PostgresServer.Database};Username={PostgresServer.User};"
            + "Maximum Pool Size=20",
        server.PasswordFile);
}
