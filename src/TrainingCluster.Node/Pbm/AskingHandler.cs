using System.Text.Json;
using Akka.Actor;
using Akka.Event;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Node.Pbm;

/// <summary>
/// Runs commands that ask the cluster. What the asker can do something about is told; everything else goes to the log,
/// since it may name files of this machine.
/// </summary>
internal abstract class AskingHandler(CommandPalette palette) : CommandHandlerActor(palette)
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <summary>Answers with the lines, or with why there are none.</summary>
    protected void Answer(Command command, Func<Task<IEnumerable<string>>> lines) => RunAsync(lines).PipeTo(
        Sender,
        success: text => new CommandResponse(text),
        failure: cause => new ErroredCommandResponse(TextOf(command, cause)));

    private static async Task<string> RunAsync(Func<Task<IEnumerable<string>>> lines) =>
        string.Join('\n', await lines().ConfigureAwait(false));

    private string TextOf(Command command, Exception cause)
    {
        if (cause is RequestRefusedException or NoAnswerException or RunSpecException or MistakenArgumentException)
        {
            return cause.Message;
        }

        if (cause is JsonException wrong)
        {
            return $"the specification cannot be read: {wrong.Message}";
        }

        _log.Error(cause, "The command '{0}' failed", command);
        return $"'{command}' failed; the log of the node says why";
    }
}

/// <summary>The value of a switch is none; the message says which and what it must be.</summary>
internal sealed class MistakenArgumentException(string message) : Exception(message);
