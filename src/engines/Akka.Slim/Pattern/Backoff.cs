using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Options of supervisors that start their child again after a growing delay.</summary>
public static class Backoff
{
    /// <summary>For children that stop when they fail, such as event-sourced actors.</summary>
    /// <inheritdoc cref="OnFailure" path="/param"/>
    public static BackoffOptions OnStop(
        Props childProps,
        string childName,
        TimeSpan minBackoff,
        TimeSpan maxBackoff,
        double randomFactor,
        int maxNrOfRetries) =>
        Options(
            BackoffTrigger.Stop, childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries);

    /// <summary>
    /// For children that throw: a restart becomes a stop and a new start after the delay, and a child that stops
    /// of its own accord stops the supervisor.
    /// </summary>
    /// <param name="childProps">The child.</param>
    /// <param name="childName">Its name below the supervisor.</param>
    /// <param name="minBackoff">The first delay; it doubles with each restart.</param>
    /// <param name="maxBackoff">The longest delay, before jitter.</param>
    /// <param name="randomFactor">Jitter: the delay is multiplied by 1 to 1 + this.</param>
    /// <param name="maxNrOfRetries">After this many restarts the supervisor stops; −1 = never.</param>
    public static BackoffOptions OnFailure(
        Props childProps,
        string childName,
        TimeSpan minBackoff,
        TimeSpan maxBackoff,
        double randomFactor,
        int maxNrOfRetries) =>
        Options(
            BackoffTrigger.Failure,
            childProps,
            childName,
            minBackoff,
            maxBackoff,
            randomFactor,
            maxNrOfRetries);

    private static BackoffOptions Options(
        BackoffTrigger trigger,
        Props childProps,
        string childName,
        TimeSpan minBackoff,
        TimeSpan maxBackoff,
        double randomFactor,
        int maxNrOfRetries)
    {
        if (minBackoff <= TimeSpan.Zero || maxBackoff < minBackoff)
        {
            throw new ArgumentException(
                $"Back-off {minBackoff} to {maxBackoff}: the shortest must be positive and not above "
                + "the longest.");
        }
        if (randomFactor is < 0 or > 1)
            throw new ArgumentException(
                $"randomFactor is {randomFactor}; it must be 0 to 1.", nameof(randomFactor));
        return new PlannedBackoffOptions(
            new BackoffPlan(trigger, childProps, childName, minBackoff, maxBackoff, randomFactor)
            {
                Strategy = BackoffPlan.DefaultStrategy.WithMaxNrOfRetries(maxNrOfRetries),
            });
    }
}
