using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cli.Progress;

/// <summary>One line for each change of a job, and one each ten seconds for a job that works; for files and
/// pipes.</summary>
internal sealed class PlainRunView(TextWriter writer, JobBoard board, TimeProvider clock) : IRunView
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, long> _lastTold = [];
    private readonly Lock _gate = new();

    public void Report(RunNews value)
    {
        lock (_gate)
        {
            if (board.Apply(value) is not { } line)
            {
                return;
            }

            var now = clock.GetTimestamp();
            if (value is JobAdvanced && _lastTold.TryGetValue(line.Id, out var last)
                && clock.GetElapsedTime(last, now) < Pace)
            {
                return;
            }

            _lastTold[line.Id] = now;
            writer.WriteLine($"{line.Id}: {line.Status.Text()} {line.Describe()}".TrimEnd());
        }
    }

    public void Dispose() => writer.Flush();
}
