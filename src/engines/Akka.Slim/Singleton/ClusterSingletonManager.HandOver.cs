using Akka.Actor;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>What managers tell each other when the singleton moves.</summary>
public sealed partial class ClusterSingletonManager
{
    /// <summary>Older members whose singleton has stopped for good.</summary>
    private readonly HashSet<UniqueAddress> _freed = [];

    /// <summary>Removed without a word; the margin after it has not passed yet.</summary>
    private readonly HashSet<UniqueAddress> _lost = [];

    /// <summary>Managers that wait for this node's singleton to stop.</summary>
    private readonly HashSet<IActorRef> _waiting = [];

    /// <summary>
    /// True where nobody older can run the singleton; else asks those who might, again and again.
    /// </summary>
    private bool IsFree()
    {
        var older = _oldest.OlderThan(_cluster.SelfUniqueAddress)
            .Where(member => !_freed.Contains(member.UniqueAddress)).ToList();
        foreach (var member in older)
        {
            ManagerOn(member).Tell(new SingletonProtocol.HandOverToMe(member.UniqueAddress.Uid), Self);
        }

        if (older.Count == 0)
        {
            Timers.Cancel(nameof(AskAgain));
        }
        else
        {
            Timers.StartSingleTimer(nameof(AskAgain), AskAgain.Instance, _settings.HandOverRetryInterval);
        }

        return older.Count == 0 && _lost.Count == 0;
    }

    private void HandOverTo(IActorRef asker)
    {
        // Only a younger one asks, and only once it has seen this node on its way out, from which no node
        // comes back.
        _waiting.Add(asker);
        Leave();
        if (_singleton is not null)
        {
            asker.Tell(new SingletonProtocol.HandOverInProgress(), Self);
        }
    }

    private void HandedOverBy(int uid)
    {
        foreach (var member in _oldest.Present.Where(member => member.UniqueAddress.Uid == uid))
        {
            _freed.Add(member.UniqueAddress);
        }

        Settle();
    }

    /// <summary>Tells also the next one, which may not have had the time to ask.</summary>
    private void TellHandedOver()
    {
        foreach (var asker in _waiting)
        {
            asker.Tell(new SingletonProtocol.HandOverDone(_cluster.SelfUniqueAddress.Uid), Self);
        }

        if (_waiting.Count == 0 && _oldest.Find(_cluster.SelfUniqueAddress) is not null
            && _oldest.Present.FirstOrDefault(IsNext) is { } next)
        {
            ManagerOn(next).Tell(new SingletonProtocol.HandOverDone(_cluster.SelfUniqueAddress.Uid), Self);
        }

        _waiting.Clear();
    }

    private bool IsNext(Member member) =>
        member.Status is MemberStatus.Up or MemberStatus.Leaving
        && member.UniqueAddress != _cluster.SelfUniqueAddress;

    private void MindMargin(ClusterEvent.MemberRemoved removed)
    {
        var node = removed.Member.UniqueAddress;
        var mayHaveRun = _oldest.Find(node) is not null && !_freed.Remove(node);
        if (mayHaveRun && removed.PreviousStatus == MemberStatus.Down
            && _settings.RemovalMargin > TimeSpan.Zero)
        {
            _lost.Add(node);
            Timers.StartSingleTimer(node, new MarginOver(node), _settings.RemovalMargin);
        }
    }

    private ActorSelection ManagerOn(Member member) =>
        Context.ActorSelection(member.Address + Self.Path.ToStringWithoutAddress());

    private sealed class AskAgain : INoSerializationVerificationNeeded
    {
        public static readonly AskAgain Instance = new();
    }

    private sealed record MarginOver(UniqueAddress Member) : INoSerializationVerificationNeeded;
}
