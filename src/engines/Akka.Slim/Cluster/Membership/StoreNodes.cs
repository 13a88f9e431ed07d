using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Persistence;
using Akka.Store;
using Akka.Wire;

namespace Akka.Cluster.Membership;

/// <summary>Makes a node of a shared store from the settings of its actor system.</summary>
internal static class StoreNodes
{
    private const int FirstNumberBeyondPorts = 65_536;

    /// <summary>Whether nodes share a store; else each is a cluster of one.</summary>
    public static bool HasStore(ExtendedActorSystem system) =>
        Setup(system).Stores is not null
        || !string.IsNullOrEmpty(system.Settings.Config.GetString("akka-slim.store.provider-name"));

    /// <summary>
    /// The address with a number of its own in place of port 0. No port is opened, so it need not be a real one,
    /// and beyond the real ones there are enough for every incarnation to have its own.
    /// </summary>
    public static UniqueAddress Identity(ExtendedActorSystem system, Address configured)
    {
        var uid = SystemIncarnation.Of(system).Uid;
        if (configured.Port is not (0 or null) || !HasStore(system))
        {
            return new UniqueAddress(configured, uid);
        }

        var number = uid < int.MaxValue - FirstNumberBeyondPorts ? FirstNumberBeyondPorts + uid : uid;
        return new UniqueAddress(configured.WithPort(number), uid);
    }

    public static StoreNode Make(ExtendedActorSystem system, ClusterSettings settings, UniqueAddress self)
    {
        var clock = ((ActorSystemImpl)system).Time;
        var stores = StoresExtensionId.Instance.Apply(system).Stores;
        return new StoreNode
        {
            ClusterName = system.Name,
            Self = self,
            Stores = stores,
            Lease = LeaseSettings.Read(system.Settings.Config),
            Minimum = settings.Minimum,
            Right = new ActingRight(clock),
            Clock = clock,
            Processes = Setup(system).Processes ?? new LocalProcesses(),
            Wire = new NodeWire(system, stores, self, address => Cluster.Get(system).Down(address)),
            Epochs = new EpochFile(system.Settings.Config.GetString("akka-slim.store.epoch-file") ?? ""),
        };
    }

    private static EngineSetup Setup(ActorSystem system) =>
        system.Settings.Setup.Get<EngineSetup>().GetOrElse(new EngineSetup());
}
