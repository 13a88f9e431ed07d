namespace TorchSharp;

/// <summary>
/// Owns the tensors made on its thread while it is the innermost scope, and disposes of them when it ends. It
/// may be ended out of order; a scope that outlives its outer scope hands over to the next one out.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager? manager;
    private HashSet<IDisposable> owned = new(ReferenceEqualityComparer.Instance);

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer) =>
        (this.manager, Outer) = (manager, outer);

    internal DisposeScope? Outer { get; set; }

    /// <value>How many tensors the scope owns now.</value>
    public int DisposablesCount
    {
        get
        {
            MustBeOpen();
            return owned.Count;
        }
    }

    /// <value>The tensors the scope owns now, in no order.</value>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            MustBeOpen();
            return owned.ToArray();
        }
    }

    public bool Contains(IDisposable disposable) => owned.Contains(disposable);

    /// <summary>Gives one to the scope around this one, or to no scope where there is none.</summary>
    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(Outer, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2
        : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables) =>
        MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var one in disposables) MoveToOther(Outer, one);
    }

    /// <summary>
    /// Gives one that this scope owns to another scope; null is no scope. What this scope does not own stays
    /// where it is.
    /// </summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        MustBeOpen();
        if (!owned.Remove(disposable)) return disposable;
        SetOwner(disposable, scope);
        scope?.owned.Add(disposable);
        return disposable;
    }

    /// <summary>Takes one out of the care of any scope: who detached it disposes of it.</summary>
    public T Detach<T>(T disposable) where T : IDisposable => MoveToOther(null, disposable);

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2
        : IDisposable =>
        (Detach(first), Detach(second));

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (Detach(first), Detach(second), Detach(third));

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var one in disposables) Detach(one);
    }

    /// <summary>Takes a tensor into this scope, out of the one it was in.</summary>
    public void Attach(IDisposable disposable)
    {
        MustBeOpen();
        if (disposable is not torch.Tensor tensor)
            throw new InvalidOperationException(
                $"a dispose scope holds tensors, not {disposable.GetType().Name}");
        if (ReferenceEquals(tensor.OwningDisposeScope, this)) return;
        tensor.OwningDisposeScope?.owned.Remove(tensor);
        tensor.OwningDisposeScope = this;
        owned.Add(tensor);
    }

    public void Attach(params IDisposable[] disposables)
    {
        foreach (var one in disposables) Attach(one);
    }

    /// <summary>Disposes of all the scope owns; the scope stays open.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        MustBeOpen();
        var before = owned;
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        owned = new HashSet<IDisposable>(ReferenceEqualityComparer.Instance);
        foreach (var one in before)
        {
            if (keep.Contains(one)) owned.Add(one);
            else one.Dispose();
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) =>
        DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut(new IDisposable[] { keep });
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut(new IDisposable[] { first, second });
        return (first, second);
    }

    /// <summary>Ends the scope and disposes of all it owns. Ending it again does nothing.</summary>
    public void Dispose()
    {
        if (manager is null) return;
        DisposeEverything();
        manager.Remove(this);
        manager = null;
    }

    internal void Add(torch.Tensor tensor) => owned.Add(tensor);

    internal void Forget(torch.Tensor tensor) => owned.Remove(tensor);

    private static void SetOwner(IDisposable disposable, DisposeScope? scope)
    {
        if (disposable is torch.Tensor tensor) tensor.OwningDisposeScope = scope;
    }

    private void MustBeOpen() => ObjectDisposedException.ThrowIf(manager is null, this);
}
