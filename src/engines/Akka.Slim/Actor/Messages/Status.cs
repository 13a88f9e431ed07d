namespace Akka.Actor;

/// <summary>How an operation went, as a message.</summary>
public abstract class Status
{
    private protected Status()
    {
    }

    public sealed class Success(object? status) : Status
    {
        public static readonly Success Instance = new(null);

        public readonly object? Status = status;

        public override string ToString() => $"Success: {Status ?? "null"}";
    }

    /// <summary>As the reply to Ask it faults the task with <see cref="Cause"/>.</summary>
    public sealed class Failure(Exception cause, object? state) : Status
    {
        public readonly Exception Cause = cause;

        public readonly object? State = state;

        public Failure(Exception cause)
            : this(cause, null)
        {
        }

        public override string ToString() => $"Failure: {Cause}" + (State is null ? "" : $" State: {State}");
    }
}
