using Akka.Actor;
using Akka.Event;

namespace Petabridge.Cmd.Log;

/// <summary>Keeps the last entries of the log, as texts.</summary>
internal sealed class LogMemorizer : ReceiveActor
{
    public const int Capacity = 1000;

    /// <summary>Answered with one final <see cref="CommandResponse"/>, the oldest line first.</summary>
    internal sealed record Peek(int Count) : INoSerializationVerificationNeeded;

    private readonly Queue<string> _lines = new(Capacity);

    public LogMemorizer()
    {
        Receive<LogEvent>(entry =>
        {
            if (_lines.Count == Capacity)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(entry.ToString());
        });
        Receive<Peek>(peek => Sender.Tell(new CommandResponse(string.Join('\n', _lines.TakeLast(peek.Count)))));
    }

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(LogEvent));

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);
}
