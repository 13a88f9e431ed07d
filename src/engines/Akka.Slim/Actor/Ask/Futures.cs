namespace Akka.Actor;

/// <summary>Asks an actor for one answer.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    public static Task<T> Ask<T>(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<T>(_ => message, timeout, cancellationToken);

    /// <summary>
    /// Faults with <see cref="AskTimeoutException"/> after the timeout (null = akka.actor.ask-timeout,
    /// infinite by default), with
    /// the cause of a <see cref="Status.Failure"/> (unless T takes that object itself), and with <see
    /// cref="ArgumentException"/> when the answer is no T.
    /// </summary>
    /// <exception cref="ArgumentException">The target belongs to no actor system.</exception>
    public static Task<T> Ask<T>(
        this ICanTell self,
        Func<IActorRef, object> messageFactory,
        TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var provider = FindProvider(self);
        var limit = timeout ?? provider.Settings.AskTimeout;
        var answer = new FutureActorRef<T>(provider);
        var task = answer.Task;
        if (limit == TimeSpan.Zero)
            answer.TimeOut(limit);
        else if (limit > TimeSpan.Zero && limit != Timeout.InfiniteTimeSpan && limit != TimeSpan.MaxValue)
            answer.StartTimer(limit);
        if (cancellationToken.CanBeCanceled)
            answer.CancelWith(cancellationToken);
        self.Tell(messageFactory(answer), answer);
        return task;
    }

    private static LocalActorRefProvider FindProvider(ICanTell self)
    {
        var provider = self switch
        {
            ActorSelection selection => (selection.Anchor as IInternalActorRef)?.Provider,
            MinimalActorRef minimal when ReferenceEquals(minimal, Nobody.Instance) => null,
            IInternalActorRef reference => reference.Provider,
            _ => null,
        };
        provider ??= ActorCell.Current?.SystemImpl.Provider;
        return provider as LocalActorRefProvider
            ?? throw new ArgumentException(
                $"{self} belongs to no actor system; ask an actor or a selection.", nameof(self));
    }
}
