using Akka.Persistence;
using Akka.Persistence.Journal;

namespace TrainingCluster.EngineTests.Persistence;

public sealed class ReplayFilterSpecs
{
    [Fact]
    public void Events_that_an_overlapping_older_writer_left_behind_are_left_out()
    {
        var (kept, warnings) = Filter(
            ReplayFilterMode.RepairByDiscardOld,
            ("A", 1), ("A", 2), ("A", 3), ("B", 2), ("B", 3), ("A", 4), ("B", 4));

        Assert.Equal(["A1", "B2", "B3", "B4"], kept);
        Assert.Equal(3, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains("writer A", warning));
    }

    [Fact]
    public void Writers_that_follow_one_another_are_all_kept()
    {
        var (kept, warnings) = Filter(
            ReplayFilterMode.RepairByDiscardOld, ("A", 1), ("A", 2), ("B", 3), ("C", 4), ("C", 7));

        Assert.Equal(["A1", "A2", "B3", "C4", "C7"], kept);
        Assert.Empty(warnings);
    }

    [Fact]
    public void The_same_number_twice_of_one_writer_is_kept()
    {
        var (kept, warnings) = Filter(ReplayFilterMode.RepairByDiscardOld, ("A", 1), ("A", 2), ("A", 2));

        Assert.Equal(["A1", "A2", "A2"], kept);
        Assert.Empty(warnings);
    }

    [Fact]
    public void Where_the_mode_is_to_warn_everything_is_kept()
    {
        var (kept, warnings) = Filter(ReplayFilterMode.Warn, ("A", 1), ("A", 2), ("B", 2), ("A", 3));

        Assert.Equal(["A1", "A2", "B2", "A3"], kept);
        Assert.Equal(2, warnings.Count);
    }

    [Fact]
    public void Where_the_mode_is_to_fail_an_overlap_fails_the_replay()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => Filter(ReplayFilterMode.Fail, ("A", 1), ("A", 2), ("B", 2)));

        Assert.Contains("sequence number 2", error.Message);
    }

    [Fact]
    public void What_lies_outside_the_window_has_been_delivered_already()
    {
        var items = Enumerable.Range(1, 10).Select(i => ("A", (long)i)).Append(("B", 2L)).ToArray();

        var (kept, _) = Filter(ReplayFilterMode.RepairByDiscardOld, items);

        Assert.Equal(["A1", "A2", "A3", "A4", "A5", "A6", "B2"], kept);
    }

    private static (List<string> Kept, List<string> Warnings) Filter(
        ReplayFilterMode mode, params (string Writer, long Number)[] items)
    {
        var kept = new List<string>();
        var warnings = new List<string>();
        var filter = new ReplayFilter(
            mode, windowSize: 5, maxOldWriters: 3, item => kept.Add((string)item.Payload), warnings.Add);
        foreach (var (writer, number) in items)
        {
            filter.Add(new Persistent($"{writer}{number}", number, "id", writerGuid: writer));
        }

        filter.Complete();
        return (kept, warnings);
    }
}
