namespace Akka.Persistence.Sql;

/// <summary>One thing for a store thread to do, with its outcome.</summary>
internal abstract class SqlWork
{
    private Exception? _failure;

    public void Attempt(Action run)
    {
        try
        {
            run();
        }
        catch (Exception error)
        {
            _failure = error;
        }
    }

    public abstract void Run(SqlSession session);

    /// <summary>Tells the waiting task how it went; called after the commit.</summary>
    public void Finish()
    {
        if (_failure is null)
        {
            Succeed();
        }
        else
        {
            Fail(_failure);
        }
    }

    public abstract void Fail(Exception cause);

    protected abstract void Succeed();
}

internal sealed class SqlWork<T>(Func<SqlSession, T> body) : SqlWork
{
    // Continuations must not run on the store thread: they would hold up everybody else's writes.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _done.Task;

    public override void Run(SqlSession session) => _result = body(session);

    public override void Fail(Exception cause) => _done.TrySetException(cause);

    protected override void Succeed() => _done.TrySetResult(_result!);
}
