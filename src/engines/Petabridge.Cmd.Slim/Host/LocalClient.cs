using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Akka.Actor;
using Petabridge.Cmd.Parsing;

namespace Petabridge.Cmd.Host;

/// <summary>A client in the process of the host.</summary>
internal sealed class LocalClient(ActorSystem system, IActorRef session) : IPbmClient
{
    private long _lastId;

    public async IAsyncEnumerable<CommandResponse> ExecuteTextAsync(
        string line, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var id = Interlocked.Increment(ref _lastId);
        var output = new Output();
        if (WordsOf(line, output) is { } words)
        {
            session.Tell(new SessionActor.Execute(id, words, output), ActorRefs.NoSender);
        }

        try
        {
            await foreach (var response in output.Responses.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return response;
            }
        }
        finally
        {
            session.Tell(new SessionActor.Cancel(id), ActorRefs.NoSender);
        }
    }

    public void Dispose() => system.Stop(session);

    private static IReadOnlyList<string>? WordsOf(string line, Output output)
    {
        try
        {
            return CommandWords.Split(line);
        }
        catch (FormatException wrong)
        {
            output.Send(0, new MistypedCommandResponse(wrong.Message));
            return null;
        }
    }

    private sealed class Output : ISessionOutput
    {
        private readonly Channel<CommandResponse> _channel = Channel.CreateUnbounded<CommandResponse>();

        public ChannelReader<CommandResponse> Responses => _channel.Reader;

        public void Send(long id, CommandResponse response)
        {
            _channel.Writer.TryWrite(response);
            if (response.Final)
            {
                _channel.Writer.TryComplete();
            }
        }
    }
}
