using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Store.Sql;

namespace Akka.Store;

/// <summary>The stores of an actor system; closed with it unless its maker handed them in.</summary>
internal sealed class StoresExtension : IExtension
{
    public StoresExtension(ExtendedActorSystem system)
    {
        var setup = system.Settings.Setup.Get<EngineSetup>().GetOrElse(new EngineSetup());
        Stores = setup.Stores ?? new SqlStores(SqlStoreSettings.From(system.Settings.Config), setup.Time);
        if (setup.Stores is null)
        {
            system.RegisterOnTermination(Stores.Dispose);
        }
    }

    public IStores Stores { get; }
}

internal sealed class StoresExtensionId : ExtensionIdProvider<StoresExtension>
{
    public static StoresExtensionId Instance { get; } = new();

    public override StoresExtension CreateExtension(ExtendedActorSystem system) => new(system);
}
