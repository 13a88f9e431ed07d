using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Watches an actor from outside of actors.</summary>
public static class WatchAsyncSupport
{
    /// <summary>True once the actor has ended; false when the token was cancelled before.</summary>
    public static async Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        if (target is not IInternalActorRef subject)
            throw new InvalidOperationException($"{target} is not of this engine and cannot be watched.");
        var end = new FutureActorRef<Terminated>((LocalActorRefProvider)subject.Provider);
        if (token.CanBeCanceled)
            end.CancelWith(token);
        subject.SendSystemMessage(new Watch(subject, end));
        try
        {
            await end.Task.ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            subject.SendSystemMessage(new Unwatch(subject, end));
        }
    }
}
