namespace Akka.Actor;

/// <summary>How the system ends.</summary>
internal sealed partial class ActorSystemImpl
{
    public override Task Terminate()
    {
        if (Settings.CoordinatedShutdownRunByActorSystemTerminate)
            CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else
            FinalTerminate();
        return WhenTerminated;
    }

    /// <summary>Stops /user, which makes the root stop /system and then itself.</summary>
    internal Task FinalTerminate()
    {
        _provider.Guardian.Stop();
        return WhenTerminated;
    }
}
