using Akka.Persistence.Sql;
using Akka.Store;

namespace TrainingCluster.EngineTests.Store;

public sealed class EpochFileSpecs : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("epoch-");

    private string File => Path.Combine(_folder.FullName, "epoch");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_store_may_go_forward_but_not_back()
    {
        var file = new EpochFile(File);

        Assert.True(file.Accepts(0));
        Assert.True(file.Accepts(7));
        Assert.True(file.Accepts(7));
        Assert.False(file.Accepts(6));
        Assert.Equal(7, file.Highest);
        Assert.True(file.Accepts(8));
    }

    [Fact]
    public void A_restarted_node_remembers()
    {
        Assert.True(new EpochFile(File).Accepts(7));

        Assert.False(new EpochFile(File).Accepts(6));
        Assert.True(new EpochFile(File).Accepts(7));
    }

    [Fact]
    public void Whoever_deletes_the_file_accepts_an_older_store()
    {
        var file = new EpochFile(File);
        Assert.True(file.Accepts(7));
        Assert.False(file.Accepts(3));

        System.IO.File.Delete(File);

        Assert.True(file.Accepts(3));
        Assert.False(file.Accepts(2));
    }

    [Fact]
    public void Without_a_file_memory_has_to_do()
    {
        var file = new EpochFile("");

        Assert.True(file.Accepts(7));
        Assert.False(file.Accepts(6));
        Assert.True(new EpochFile("").Accepts(1));
    }

    [Theory]
    [InlineData("seven")]
    [InlineData("-1")]
    [InlineData("")]
    public void A_file_that_holds_no_number_is_refused_by_name(string content)
    {
        System.IO.File.WriteAllText(File, content);

        var failure = Assert.Throws<SqlStoreException>(() => new EpochFile(File).Accepts(7));

        Assert.Contains(File, failure.Message);
    }

    [Fact]
    public void A_folder_that_is_missing_is_named()
    {
        var file = Path.Combine(_folder.FullName, "missing", "epoch");

        Assert.Contains(file, Assert.Throws<SqlStoreException>(() => new EpochFile(file).Accepts(7)).Message);
    }
}
