using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>Reads identifiers from <c>akka.actor.serialization-identifiers</c>.</summary>
public static class SerializerIdentifierHelper
{
    private const string Key = "akka.actor.serialization-identifiers";

    /// <exception cref="ConfigurationException">None is configured for the type.</exception>
    public static int GetSerializerIdentifierFromConfig(Type type, ExtendedActorSystem system)
    {
        foreach (var (name, value) in system.Settings.Config.GetConfig(Key)?.AsEnumerable() ?? [])
        {
            if (TypeLookup.Find(name) == type)
            {
                return value.GetInt();
            }
        }

        throw new ConfigurationException(
            $"The serializer {type} has no identifier; add "
            + $"{Key}.\"{Serialization.TypeManifest(type)}\" = <number>, one that no other "
            + "serializer has or ever had.");
    }
}
