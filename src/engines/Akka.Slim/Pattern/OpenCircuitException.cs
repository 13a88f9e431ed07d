using Akka.Actor;

namespace Akka.Pattern;

/// <summary>A circuit breaker is open; nothing was called.</summary>
public class OpenCircuitException : AkkaException
{
    public OpenCircuitException(Exception? cause, TimeSpan remainingDuration)
        : base("Circuit Breaker is open; calls are failing fast", cause) =>
        RemainingDuration = remainingDuration;

    /// <summary>Until a call is let through again.</summary>
    public TimeSpan RemainingDuration { get; }
}

/// <summary>Stands for the failure that <see cref="CircuitBreaker.Fail"/> reports.</summary>
public class UserCalledFailException()
    : AkkaException("The failure was reported by a call of CircuitBreaker.Fail.");
