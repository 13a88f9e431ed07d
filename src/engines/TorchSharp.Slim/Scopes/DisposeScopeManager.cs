namespace TorchSharp;

/// <summary>
/// The stack of scopes of one thread. Scopes flow neither across <c>await</c> nor to other threads.
/// </summary>
internal sealed class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? ofThread;

    internal static DisposeScopeManager OfThread => ofThread ??= new DisposeScopeManager();

    internal DisposeScope? Current { get; private set; }

    internal DisposeScope Open() => Current = new DisposeScope(this, Current);

    /// <summary>
    /// Takes a scope off the stack, wherever in it the scope is: scopes may end out of order.
    /// </summary>
    internal void Remove(DisposeScope ended)
    {
        if (ReferenceEquals(Current, ended))
        {
            Current = ended.Outer;
            return;
        }
        for (var scope = Current; scope is not null; scope = scope.Outer)
        {
            if (!ReferenceEquals(scope.Outer, ended)) continue;
            scope.Outer = ended.Outer;
            return;
        }
    }
}

public static partial class torch
{
    /// <summary>
    /// Opens a scope on this thread: every tensor made until it ends is disposed with it, unless it is moved
    /// or detached.
    /// </summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.OfThread.Open();

    /// <value>The innermost open scope of this thread; null where none is open.</value>
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.OfThread.Current;

    /// <summary>Runs an expression in a scope of its own and gives its result to the scope around.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
