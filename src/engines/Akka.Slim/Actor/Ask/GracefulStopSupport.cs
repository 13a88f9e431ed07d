using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Stops an actor and waits for its end.</summary>
public static class GracefulStopSupport
{
    /// <summary>
    /// Sends <see cref="PoisonPill"/>; true once the actor has ended, false after the timeout.
    /// </summary>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) =>
        GracefulStop(target, timeout, PoisonPill.Instance);

    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var internalTarget = (IInternalActorRef)target;
        var provider = (LocalActorRefProvider)internalTarget.Provider;
        var end = new FutureActorRef<Terminated>(provider);
        internalTarget.SendSystemMessage(new Watch(internalTarget, end));
        target.Tell(stopMessage, ActorRefs.NoSender);
        end.StartTimer(timeout);
        try
        {
            await end.Task.ConfigureAwait(false);
            return true;
        }
        catch (AskTimeoutException)
        {
            internalTarget.SendSystemMessage(new Unwatch(internalTarget, end));
            return false;
        }
    }
}
