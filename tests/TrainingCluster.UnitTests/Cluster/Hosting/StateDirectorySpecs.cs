using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.UnitTests.Cluster.Hosting;

public sealed class StateDirectorySpecs : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("state-").FullName;

    private string Root => Path.Combine(_parent, "training");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void A_new_directory_is_made_and_says_its_format()
    {
        var directory = StateDirectory.OpenOrCreate(Root);

        Assert.Equal("1\n", File.ReadAllText(directory.FormatPath));
        Assert.Equal([directory.FormatPath], Directory.GetFileSystemEntries(Root));
    }

    [Fact]
    public void It_can_be_opened_again()
    {
        StateDirectory.OpenOrCreate(Root);

        Assert.Equal(StateDirectory.OpenOrCreate(Root).Root, StateDirectory.OpenExisting(Root).Root);
    }

    [Fact]
    public void A_newer_format_is_refused_with_both_versions()
    {
        StateDirectory.OpenOrCreate(Root);
        File.WriteAllText(Path.Combine(Root, "format"), "2\n");

        var refused = Refused(() => StateDirectory.OpenOrCreate(Root));

        Assert.Equal(StateDirectoryProblem.Newer, refused.Problem);
        Assert.Contains("format 2", refused.Message);
        Assert.Contains("up to format 1", refused.Message);
    }

    [Fact]
    public void A_folder_with_other_things_in_it_is_left_alone()
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(Root, "thesis.tex"), "");

        Assert.Equal(StateDirectoryProblem.Foreign, Refused(() => StateDirectory.OpenOrCreate(Root)).Problem);
        Assert.Single(Directory.GetFileSystemEntries(Root));
    }

    [Fact]
    public void Reading_makes_nothing()
    {
        Assert.Equal(StateDirectoryProblem.Missing, Refused(() => StateDirectory.OpenExisting(Root)).Problem);
        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public void A_place_that_cannot_be_written_to_is_named()
    {
        File.WriteAllText(Path.Combine(_parent, "file"), "");

        var refused = Refused(() => StateDirectory.OpenOrCreate(Path.Combine(_parent, "file", "training")));

        Assert.Equal(StateDirectoryProblem.Unwritable, refused.Problem);
        Assert.Contains(Path.Combine(_parent, "file", "training"), refused.Message);
    }

    [Fact]
    public void Only_one_holds_the_directory_and_the_refusal_names_its_process()
    {
        var directory = StateDirectory.OpenOrCreate(Root);
        using (NodeLock.Take(directory.LockPath))
        {
            Assert.True(directory.IsInUse);

            var refused = Refused(() => NodeLock.Take(directory.LockPath).Dispose());

            Assert.Equal(StateDirectoryProblem.InUse, refused.Problem);
            Assert.Contains($"process {Environment.ProcessId}", refused.Message);
        }

        Assert.False(directory.IsInUse);
        NodeLock.Take(directory.LockPath).Dispose();
    }

    private static StateDirectoryException Refused(Action open) => Assert.Throws<StateDirectoryException>(open);
}
