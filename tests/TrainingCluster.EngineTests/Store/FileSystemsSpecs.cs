using Akka.Persistence.Sql;
using Akka.Store.Sql.Sqlite;

namespace TrainingCluster.EngineTests.Store;

public sealed class FileSystemsSpecs
{
    private const string Mounts =
        """
        /dev/vda / ext4 rw 0 0
        tmpfs /run tmpfs rw 0 0
        server:/export /mnt/share nfs4 rw 0 0
        //server/share /mnt/with\040blank cifs rw 0 0
        user@host: /mnt/ssh fuse.sshfs rw 0 0
        plan9 /mnt/nine 9p rw 0 0
        /dev/vdb /mnt/share/local xfs rw 0 0
        server:/export /mnt/hidden nfs rw 0 0
        /dev/vdc /mnt/hidden ext4 rw 0 0
        """;

    [Theory]
    [InlineData("/mnt/share/leases.db", "nfs4")]
    [InlineData("/mnt/share/deep/down/leases.db", "nfs4")]
    [InlineData("/mnt/with blank/leases.db", "cifs")]
    [InlineData("/mnt/ssh/leases.db", "fuse.sshfs")]
    [InlineData("/mnt/nine/../nine/leases.db", "9p")]
    public void Files_on_the_network_are_refused_by_name_and_kind(string file, string kind)
    {
        var failure = Assert.Throws<SqlStoreException>(() => new FileSystems(() => Mounts).RefuseNetwork(file));

        Assert.Contains($"({kind})", failure.Message);
        Assert.Contains(file, failure.Message);
        Assert.Contains("PostgreSQL", failure.Message);
    }

    [Theory]
    [InlineData("/leases.db")]
    [InlineData("/run/leases.db")]
    [InlineData("/mnt/shared/leases.db")]
    [InlineData("/mnt/share/local/leases.db")]
    [InlineData("/mnt/hidden/leases.db")]
    public void Files_on_this_machine_are_used(string file) =>
        new FileSystems(() => Mounts).RefuseNetwork(file);

    [Fact]
    public void Where_mounts_are_unknown_every_file_is_used() =>
        new FileSystems(() => "").RefuseNetwork("/mnt/share/leases.db");

    [Fact]
    public void A_link_to_the_network_is_no_way_round()
    {
        var folder = Directory.CreateTempSubdirectory("link-");
        try
        {
            var target = folder.CreateSubdirectory("target");
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "link"), target.FullName);
            var mounts = $"/dev/vda / ext4 rw 0 0\nserver: {target.FullName} nfs rw 0 0";

            Assert.Throws<SqlStoreException>(() => new FileSystems(() => mounts).RefuseNetwork(
                Path.Combine(folder.FullName, "link", "leases.db")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
