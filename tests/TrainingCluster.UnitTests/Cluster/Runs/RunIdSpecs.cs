using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.UnitTests.Cluster.Runs;

public sealed class RunIdSpecs
{
    [Theory]
    [InlineData("v_20241127_143022")]
    [InlineData("v_20241127_143022_2")]
    public void A_run_id_reads_as_it_writes(string text) => Assert.Equal(text, RunId.Parse(text).Text);

    [Theory]
    [InlineData("")]
    [InlineData("v_2024")]
    [InlineData("v_20241127_143022_0")]
    [InlineData("v_20241127_143022_")]
    [InlineData("v_20241127_143022/..")]
    public void Other_texts_are_no_run_ids(string text) => Assert.False(RunId.TryParse(text, out _));

    [Fact]
    public void Runs_are_ordered_by_the_time_of_their_submission()
    {
        string[] inOrder =
        [
            "v_20241127_143022", "v_20241127_143022_2", "v_20241127_143022_10", "v_20241127_143023",
        ];

        Assert.Equal(inOrder, inOrder.Reverse().Select(RunId.Parse).Order().Select(run => run.Text));
    }
}
