using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>
/// Sends answers in the order of the requests, though writes may end in another. Each request takes as many
/// places as it has answers; answers leave when all earlier places have been filled.
/// </summary>
internal sealed class Resequencer
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, IReadOnlyList<Answer>> _early = [];
    private long _nextTicket;
    private long _nextToSend;

    public readonly record struct Answer(object Message, IActorRef Target, IActorRef? Sender);

    /// <summary>A request's place in the order.</summary>
    public long TakeTicket() => _nextTicket++;

    /// <summary>The answers of one request, complete.</summary>
    public void Send(long ticket, IReadOnlyList<Answer> answers)
    {
        // The lock is held while telling: another thread's later answers must not get in between.
        lock (_lock)
        {
            _early.Add(ticket, answers);
            while (_early.Remove(_nextToSend, out var next))
            {
                _nextToSend++;
                foreach (var answer in next)
                {
                    answer.Target.Tell(answer.Message, answer.Sender ?? ActorRefs.NoSender);
                }
            }
        }
    }
}
