using Spectre.Console;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cli.Progress;

/// <summary>One block on the terminal that is drawn again as the run goes on.</summary>
internal sealed class LiveRunView : IRunView
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private readonly JobBoard _board;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _drawing;
    private readonly TimeProvider _clock;
    private readonly long _started;

    public LiveRunView(IAnsiConsole console, JobBoard board, TimeProvider clock)
    {
        _board = board;
        _clock = clock;
        _started = clock.GetTimestamp();
        _drawing = Task.Run(() => console.Live(Draw()).StartAsync(DrawUntilStopped));
    }

    public void Report(RunNews value)
    {
        lock (_gate)
        {
            _board.Apply(value);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _drawing.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task DrawUntilStopped(LiveDisplayContext context)
    {
        while (!_stop.IsCancellationRequested)
        {
            context.UpdateTarget(Draw());
            await Task.Delay(Pace, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        context.UpdateTarget(Draw());
    }

    private Table Draw()
    {
        lock (_gate)
        {
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumns("job", "status", "progress", $"[grey]{_clock.GetElapsedTime(_started):mm\\:ss}[/]");
            foreach (var line in _board.Lines)
            {
                table.AddRow(
                    Markup.Escape(line.Id),
                    $"[{Colour(line.Status)}]{line.Status.Text()}[/]",
                    Bar(line),
                    Markup.Escape(line.Describe()));
            }

            return table;
        }
    }

    private static string Bar(JobLine line)
    {
        const int width = 20;
        var done = line.Status.HasResult() ? width
            : line.Last is { TotalSteps: > 0 } progress
                ? (int)(width * Math.Min(progress.Step, progress.TotalSteps) / progress.TotalSteps)
            : 0;
        return $"[blue]{new string('━', done)}[/][grey]{new string('─', width - done)}[/]";
    }

    private static string Colour(JobStatus status) => status switch
    {
        JobStatus.Succeeded => "green",
        JobStatus.Running => "blue",
        JobStatus.Recovering or JobStatus.Degraded => "yellow",
        JobStatus.Failed => "red",
        _ => "grey",
    };
}
