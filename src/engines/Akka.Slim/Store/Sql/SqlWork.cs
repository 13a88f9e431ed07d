namespace Akka.Store.Sql;

/// <summary>One transaction's body with its outcome.</summary>
internal abstract class SqlWork<TStatements>
{
    /// <summary>In timestamps of the clock: later than this it is not begun any more.</summary>
    public long Deadline { get; init; } = long.MaxValue;

    /// <summary>Runs the body; it may be called again where the transaction was rolled back.</summary>
    public abstract void Run(TStatements statements);

    /// <summary>Tells the waiting task the result of the last run.</summary>
    public abstract void Succeed();

    public abstract void Fail(Exception cause);
}

internal sealed class SqlWork<TStatements, TResult>(Func<TStatements, ValueTask<TResult>> body)
    : SqlWork<TStatements>
{
    // Continuations must not run on the store's thread: they would hold up everybody else's writes.
    private readonly TaskCompletionSource<TResult> _done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TResult? _result;

    public Task<TResult> Task => _done.Task;

    public override void Run(TStatements statements)
    {
        var run = body(statements);
        if (!run.IsCompleted)
        {
            throw new InvalidOperationException(
                "The body of a transaction awaited something else than statements.");
        }

        _result = run.GetAwaiter().GetResult();
    }

    public override void Succeed() => _done.TrySetResult(_result!);

    public override void Fail(Exception cause) => _done.TrySetException(cause);
}
