using Akka.Actor;
using Akka.Cluster;
using Akka.Store;

namespace Akka.Wire;

/// <summary>What the parts of one node's wire share.</summary>
/// <param name="System">This node's.</param>
/// <param name="Stores">Shared with the other nodes.</param>
/// <param name="Self">This incarnation.</param>
/// <param name="Settings">Of the wire.</param>
/// <param name="Log">For what others can cause.</param>
internal sealed record WireEnvironment(
    ActorSystemImpl System, IStores Stores, UniqueAddress Self, WireSettings Settings, RareLog Log)
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    public LocalActorRefProvider Provider => (LocalActorRefProvider)System.Provider;

    /// <summary>How long to wait after so many failures in a row; not all nodes the same.</summary>
    public TimeSpan BackOff(int failures)
    {
        var delay = ShortestDelay * Math.Pow(2, Math.Min(failures, 10) - 1);
        return (delay < LongestDelay ? delay : LongestDelay) * (0.5 + (System.NextRandom() / 2));
    }

    /// <summary>System messages vanish: who sent them learns of the node's end in another way.</summary>
    public void ToDeadLetters(IEnumerable<Outgoing> items)
    {
        foreach (var item in items.Where(item => !item.IsSystem))
        {
            Provider.DeadLetters.Tell(
                new Event.DeadLetter(item.Message, item.Sender ?? Provider.DeadLetters, item.Recipient),
                item.Sender);
        }
    }
}
