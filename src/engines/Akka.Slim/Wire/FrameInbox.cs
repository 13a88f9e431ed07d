namespace Akka.Wire;

internal enum FrameVerdict
{
    Next,

    /// <summary>Has been read before: a repetition, or not deleted yet.</summary>
    Repeated,

    /// <summary>The next one that is there, but some before it never came.</summary>
    AfterGap,
}

/// <summary>Which frames of which sender have been read, and which of those are still in the store.</summary>
internal sealed class FrameInbox
{
    private readonly Dictionary<int, long> _last = [];
    private readonly Dictionary<int, long> _undeleted = [];

    /// <summary>The senders with the number to which their frames may be deleted.</summary>
    public IReadOnlyList<KeyValuePair<int, long>> Undeleted => [.. _undeleted];

    /// <summary>Judges a frame; whatever the verdict, the store does not need it any more.</summary>
    public FrameVerdict Accept(int sender, long number)
    {
        var last = _last.GetValueOrDefault(sender);
        if (number <= last)
        {
            _undeleted[sender] = last;
            return FrameVerdict.Repeated;
        }

        _last[sender] = number;
        _undeleted[sender] = number;
        return number == last + 1 ? FrameVerdict.Next : FrameVerdict.AfterGap;
    }

    public void Deleted(IReadOnlyList<KeyValuePair<int, long>> frames)
    {
        foreach (var (sender, number) in frames)
        {
            if (_undeleted.GetValueOrDefault(sender) == number)
            {
                _undeleted.Remove(sender);
            }
        }
    }

    public void Forget(int sender)
    {
        _last.Remove(sender);
        _undeleted.Remove(sender);
    }
}
