using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>The id of the persistence extension.</summary>
public class Persistence : ExtensionIdProvider<PersistenceExtension>
{
    public static Persistence Instance { get; } = new();

    /// <summary>The settings that apply where a system's configuration says nothing.</summary>
    public static Config DefaultConfig() => ConfigurationFactory.ParseString(PersistenceReference.Text);

    public override PersistenceExtension CreateExtension(ExtendedActorSystem system) => new(system);
}
