using TrainingCluster.EngineNode.Log;

namespace TrainingCluster.FaultTests.Checking;

/// <summary>
/// What must be true of all nodes' logs together with the journal, whatever was done to the nodes.
/// </summary>
internal static class LogChecker
{
    /// <param name="log">Of all nodes, in any order.</param>
    /// <param name="journal">Entries of kind <see cref="LogKind.Event"/>.</param>
    /// <returns>What is wrong, a sentence each; empty where nothing is.</returns>
    public static IReadOnlyList<string> Violations(
        IReadOnlyCollection<LogEntry> log, IReadOnlyCollection<LogEntry> journal)
    {
        var events = journal.GroupBy(entry => entry.Id!).ToDictionary(
            group => group.Key, group => group.OrderBy(entry => entry.Sequence).ToList());
        return
        [
            .. events.SelectMany(pair => Gaps(pair.Key, pair.Value)),
            .. events.SelectMany(pair => Repetitions(pair.Key, pair.Value)),
            .. events.SelectMany(pair => WritesOutOfEpoch(pair.Key, pair.Value)),
            .. LostCommands(log, events),
            .. Overlaps(log),
        ];
    }

    private static IEnumerable<string> Gaps(string id, List<LogEntry> events) => events
        .Select((entry, index) => (Expected: index + 1L, entry.Sequence))
        .Where(pair => pair.Sequence != pair.Expected)
        .Take(1)
        .Select(pair => $"{id}: the journal has event {pair.Sequence} where {pair.Expected} must be");

    private static IEnumerable<string> Repetitions(string id, List<LogEntry> events) => events
        .Where(entry => entry.Command is not null)
        .GroupBy(entry => entry.Command)
        .Where(group => group.Count() > 1)
        .Select(group =>
            $"{id}: command {group.Key} was written {group.Count()} times, "
            + $"as {string.Join(", ", group.Select(entry => entry.Sequence))}");

    /// <summary>Events without a command begin an epoch, which is their sequence number.</summary>
    private static IEnumerable<string> WritesOutOfEpoch(string id, List<LogEntry> events)
    {
        long present = 0;
        foreach (var entry in events)
        {
            if (entry.Command is null)
            {
                present = entry.Sequence!.Value;
            }
            else if (entry.Epoch != present)
            {
                yield return $"{id}: event {entry.Sequence} is of epoch {entry.Epoch}, "
                    + $"written while {present} was the present one";
            }
        }
    }

    private static IEnumerable<string> LostCommands(
        IReadOnlyCollection<LogEntry> log, Dictionary<string, List<LogEntry>> events)
    {
        var written = events.SelectMany(pair => pair.Value)
            .Where(entry => entry.Command is not null)
            .GroupBy(entry => (entry.Id, entry.Command))
            .ToDictionary(group => group.Key, group => group.Select(entry => entry.Sequence).ToHashSet());
        foreach (var answer in log.Where(entry => entry.Kind == LogKind.Acknowledged))
        {
            if (!written.TryGetValue((answer.Id, answer.Command), out var sequences))
            {
                yield return $"{answer.Id}: command {answer.Command} was acknowledged as event "
                    + $"{answer.Sequence} and is not in the journal";
            }
            else if (!sequences.Contains(answer.Sequence))
            {
                yield return $"{answer.Id}: command {answer.Command} was acknowledged as event "
                    + $"{answer.Sequence} and is event {string.Join(", ", sequences)}";
            }
        }
    }

    private static IEnumerable<string> Overlaps(IReadOnlyCollection<LogEntry> log)
    {
        var acts = log.Where(entry => entry.Kind is LogKind.Activated or LogKind.Acting or LogKind.Recorded);
        foreach (var actor in acts.GroupBy(entry => entry.Id!))
        {
            var intervals = actor
                .GroupBy(entry => (Epoch: entry.Epoch!.Value, entry.Node, entry.ProcessId, entry.Incarnation))
                .Select(group => new ActingInterval(
                    group.Key.Epoch,
                    $"{group.Key.Node}.{group.Key.ProcessId}.{group.Key.Incarnation}",
                    group.Min(entry => entry.Ticks),
                    group.Max(entry => entry.Ticks)))
                .OrderBy(interval => interval.Epoch)
                .ThenBy(interval => interval.First)
                .ToList();
            foreach (var (older, newer) in intervals.Zip(intervals.Skip(1)))
            {
                if (older.Epoch == newer.Epoch)
                {
                    yield return $"{actor.Key}: {older.By} and {newer.By} acted both in epoch {older.Epoch}";
                }
                else if (older.Last >= newer.First)
                {
                    yield return $"{actor.Key}: epoch {older.Epoch} on {older.By} acted "
                        + $"{(older.Last - newer.First) / 1e6:F1} ms after epoch {newer.Epoch} on {newer.By} "
                        + "had begun to";
                }
            }
        }
    }

    private sealed record ActingInterval(long Epoch, string By, long First, long Last);
}
