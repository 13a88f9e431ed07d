using System.Collections.Immutable;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Node.Logging;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.UnitTests.Node.Logging;

public sealed class JobLogFilesSpecs : IDisposable
{
    private static readonly RunId Run = RunId.Parse("v_20241127_143022");
    private readonly string _folder = Directory.CreateTempSubdirectory("logs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_newest_lines_about_a_job_are_found_and_those_of_others_are_not()
    {
        using (var log = new RunLog(_folder))
        {
            for (var step = 1; step <= 3; step++)
            {
                log.Report(new JobAdvanced(Run, new JobProgress(
                    "ppo/a", "fit", step, 3, ImmutableSortedDictionary<string, double>.Empty.Add("loss", .5)), 1));
            }

            log.Report(new JobChanged(Run, "ppo/ab", JobStatus.Failed, 1, null, Reasons.Timeout, "late", null));
            log.Report(new JobChanged(
                RunId.Parse("v_20241127_143022_2"), "ppo/a", JobStatus.Running, 1, "node", null, null, null));
            log.Report(new JobChanged(Run, "ppo/a", JobStatus.Succeeded, 1, null, null, null, "ppo/a@1.0.0"));
        }

        var lines = new JobLogFiles(_folder).Read(Run.Text, "ppo/a", countMax: 3);

        Assert.Equal(3, lines.Count);
        Assert.Contains("fit 2/3", lines[0]);
        Assert.Contains("succeeded ppo/a@1.0.0", lines[2]);
    }

    [Fact]
    public void A_node_reads_its_own_files()
    {
        using (var own = new RunLog(_folder, "node-1"))
        using (var other = new RunLog(_folder, "node-2"))
        {
            own.Report(new JobChanged(Run, "ppo/a", JobStatus.Running, 1, "node", null, null, null));
            other.Report(new JobChanged(Run, "ppo/a", JobStatus.Running, 1, "node", null, null, null));
        }

        Assert.Single(new JobLogFiles(_folder, "node-1").Read(Run.Text, "ppo/a", 9));
    }

    [Fact]
    public void Without_files_there_are_no_lines() =>
        Assert.Empty(new JobLogFiles(Path.Combine(_folder, "none")).Read(Run.Text, "ppo/a", 9));
}
