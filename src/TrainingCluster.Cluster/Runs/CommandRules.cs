using TrainingCluster.Cluster.Serialization;

namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// How a command is taken in: once, whatever happens on the way. One whose origin is known is answered as before and
/// changes nothing; an accepted one is stored together with what it brings. A refused one is stored nowhere: nothing
/// happened, and asked again later it may fit.
/// </summary>
public static class CommandRules
{
    public static RunDecision Take(
        RunLedger ledger, RunCommand command, CoordinatorLimits limits, DateTimeOffset now)
    {
        if (command.Origin is not { } origin)
        {
            return Decide(ledger, command, limits, now);
        }

        if (origin.Fault is { } fault)
        {
            return Refuse(Refusals.InvalidCommandId, fault);
        }

        var content = CommandLog.ContentOf(command);
        if (ledger.Commands.Find(origin) is { } taken)
        {
            return taken.Content == content
                ? new RunDecision([], new RunAnswers.Accepted(taken.Run))
                : Refuse(Refusals.CommandIdReused,
                    $"the command id '{origin.Id}' was used for another command ({taken.Verb}, {taken.Run}); "
                        + "use a new id for a new command");
        }

        var decision = Decide(ledger, command, limits, now);
        return decision.Answer is not RunAnswers.Accepted accepted
            ? decision
            : decision with
            {
                Events = decision.Events.Insert(0, new RunEvents.CommandTaken(
                    origin.Id, origin.By, VerbOf(command), accepted.Run, JobOf(command), content, now)),
            };
    }

    /// <summary>What the log calls a command.</summary>
    public static string VerbOf(RunCommand command) => command is RunCommands.OfJob ofJob
        ? $"job.{ofJob.Action.ToString().ToLowerInvariant()}"
        : WireContracts.NameOf(command.GetType()).Replace(".command.", ".", StringComparison.Ordinal);

    private static RunDecision Decide(
        RunLedger ledger, RunCommand command, CoordinatorLimits limits, DateTimeOffset now) => command switch
        {
            RunCommands.Submit submit => RunRules.Submit(ledger, submit, limits, now),
            RunCommands.Pause pause => RunRules.Pause(ledger, pause.Run, now),
            RunCommands.Resume resume => RunRules.Resume(ledger, resume.Run, now),
            RunCommands.Cancel cancel => RunRules.Cancel(ledger, cancel.Run, now),
            RunCommands.Prioritise prioritise => RunRules.Prioritise(ledger, prioritise, now),
            RunCommands.OfJob ofJob => JobRules.Decide(ledger, ofJob, now),
            _ => throw new ArgumentException($"no rule for the command {command.GetType().Name}"),
        };

    private static string? JobOf(RunCommand command) => (command as RunCommands.OfJob)?.Job;

    private static RunDecision Refuse(string code, string text) =>
        new([], new RunAnswers.Refused(null, code, text));
}
