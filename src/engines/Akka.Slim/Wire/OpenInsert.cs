using Akka.Store;

namespace Akka.Wire;

/// <summary>The one frame of a pair that may be on its way into the store, and its numbering.</summary>
internal sealed class OpenInsert
{
    private readonly List<Outgoing> _messages = [];
    private long _lastNumber;

    /// <summary>Null where none is on its way.</summary>
    public FrameRow? Frame { get; private set; }

    /// <summary>Attempts whose outcome is unknown or that failed.</summary>
    public int Failures { get; set; }

    public List<Outgoing> Messages => _messages;

    public void Begin(int sender, int receiver, byte[] bytes)
    {
        Frame = new FrameRow(receiver, sender, ++_lastNumber, bytes);
        Failures = 0;
    }

    public void End()
    {
        Frame = null;
        _messages.Clear();
    }
}
