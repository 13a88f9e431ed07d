namespace Akka.Actor;

public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    internal static readonly CoordinatedShutdownExtension Instance = new();

    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var shutdown = new CoordinatedShutdown((ActorSystemImpl)system);
        shutdown.Install();
        return shutdown;
    }
}
