using System.Globalization;
using System.Text.RegularExpressions;

namespace TrainingCluster.SystemTests;

/// <summary>Kills commands in the middle of their work.</summary>
internal static partial class KilledRun
{
    private static readonly TimeSpan OrderlyEnd = TimeSpan.FromSeconds(20);

    // Often: a kill at any moment finds one. Checkpoints change no result, which the digests prove.
    private static readonly Surroundings Checkpointing =
        Surroundings.With("TRAINING__WORKER__CHECKPOINT_INTERVAL", "50ms");

    /// <summary>Starts a command and kills it with signal 9 once it has said something and has written so many
    /// checkpoints since.</summary>
    /// <returns>What it said.</returns>
    public static async Task<string> LeaveAsync(string state, string says, int checkpoints, params string[] arguments)
    {
        await using var killed = Trainctl.Start(Checkpointing, arguments);
        await killed.SaysAsync(says);
        await CheckpointsAsync(state, checkpoints);
        await killed.SignalAsync("KILL");
        var outcome = await killed.EndAsync(OrderlyEnd);
        Assert.Equal(137, outcome.ExitCode);
        return outcome.Error;
    }

    /// <summary>The first "step/total" of a phase.</summary>
    public static (long Step, long Total) FirstStep(string said, string phase)
    {
        var line = said.Split('\n').First(line => line.StartsWith(phase, StringComparison.Ordinal));
        var match = Steps().Match(line[phase.Length..]);
        return (long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
            long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    // The job that works is the only one with checkpoints: a finished one's are deleted. Several in a row make sure
    // that the learner has gone on since the first.
    private static async Task CheckpointsAsync(string state, int count)
    {
        var folder = Path.Combine(state, "checkpoints");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        for (var seen = new HashSet<DateTime>(); seen.Count < count; await Task.Delay(10, limit.Token))
        {
            if (Directory.Exists(folder))
            {
                seen.UnionWith(new DirectoryInfo(folder)
                    .EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.LastWriteTimeUtc));
            }
        }
    }

    [GeneratedRegex(@"(\d+)/(\d+)")]
    private static partial Regex Steps();
}
