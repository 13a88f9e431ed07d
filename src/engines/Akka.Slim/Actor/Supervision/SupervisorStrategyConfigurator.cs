using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Names a strategy in configuration: akka.actor.guardian-supervisor-strategy.</summary>
public abstract class SupervisorStrategyConfigurator
{
    public abstract SupervisorStrategy Create();

    /// <exception cref="ConfigurationException">No such type, or it is no configurator.</exception>
    public static SupervisorStrategyConfigurator CreateConfigurator(string typeName)
    {
        if (TypeLookup.Find(typeName) is { } type
            && Activator.CreateInstance(type) is SupervisorStrategyConfigurator configurator)
            return configurator;
        throw new ConfigurationException(
            $"akka.actor.guardian-supervisor-strategy is '{typeName}'; it must name a "
            + nameof(SupervisorStrategyConfigurator) + ".");
    }
}

public sealed class DefaultSupervisorStrategy : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => SupervisorStrategy.DefaultStrategy;
}

public sealed class StoppingSupervisorStrategy : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => SupervisorStrategy.StoppingStrategy;
}
