using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>
/// The answers to one request: one for the whole, then one for each event and deferred message.
/// </summary>
internal sealed class WriteAnswers(WriteMessages request, IActorRef journal)
{
    private readonly List<Resequencer.Answer> _answers = [];

    /// <param name="rejections">Null, or for each write null or why it was rejected.</param>
    public IReadOnlyList<Resequencer.Answer> Stored(IImmutableList<Exception?>? rejections)
    {
        var writes = request.Messages.OfType<AtomicWrite>().Count();
        if (rejections is not null && rejections.Count != writes)
        {
            return Failed(new InvalidOperationException(
                $"The journal answered {writes} writes with {rejections.Count} results; it must give "
                + "one for each."));
        }

        Add(WriteMessagesSuccessful.Instance, journal);
        var index = 0;
        foreach (var message in request.Messages)
        {
            if (message is AtomicWrite write)
            {
                var rejection = rejections?[index++];
                AddEvents(write, item => rejection is null
                    ? new WriteMessageSuccess(item, request.ActorInstanceId)
                    : new WriteMessageRejected(item, rejection, request.ActorInstanceId));
            }
            else
            {
                AddLoop(message);
            }
        }

        return _answers;
    }

    public IReadOnlyList<Resequencer.Answer> Failed(Exception cause)
    {
        _answers.Clear();
        Add(new WriteMessagesFailed(cause, request.Messages.OfType<AtomicWrite>().Count()), journal);
        foreach (var message in request.Messages)
        {
            if (message is AtomicWrite write)
            {
                AddEvents(write, item => new WriteMessageFailure(item, cause, request.ActorInstanceId));
            }
            else
            {
                AddLoop(message);
            }
        }

        return _answers;
    }

    private void AddEvents(AtomicWrite write, Func<IPersistentRepresentation, object> answer)
    {
        foreach (var item in write.Events)
        {
            Add(answer(item), item.Sender);
        }
    }

    private void AddLoop(IPersistentEnvelope message) =>
        Add(new LoopMessageSuccess(message.Payload, request.ActorInstanceId), message.Sender);

    private void Add(object answer, IActorRef? sender) =>
        _answers.Add(new Resequencer.Answer(answer, request.PersistentActor, sender));
}
