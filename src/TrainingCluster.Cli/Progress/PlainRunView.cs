using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cli.Progress;

/// <summary>
/// One line for each change of a job, one for each phase that it enters, and one each ten seconds while it works;
/// for files and pipes.
/// </summary>
internal sealed class PlainRunView(TextWriter writer, JobBoard board, TimeProvider clock) : IRunView
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, (long Stamp, string? Phase)> _lastTold = [];
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
                && last.Phase == line.Last?.Phase && clock.GetElapsedTime(last.Stamp, now) < Pace)
            {
                return;
            }

            _lastTold[line.Id] = (now, line.Last?.Phase);
            writer.WriteLine($"{line.Id}: {line.Status.Text()} {line.Describe()}".TrimEnd());
        }
    }

    public void Dispose() => writer.Flush();
}
