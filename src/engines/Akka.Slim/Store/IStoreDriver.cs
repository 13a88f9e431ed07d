namespace Akka.Store;

/// <summary>
/// Transactions on one part of the store. What happens inside them is written once, as a sequence of
/// statements; databases and the simulation only differ in how they carry the statements out.
/// </summary>
/// <remarks>
/// A task that fails with what its own body threw was rolled back. Any other failure leaves the outcome
/// unknown: the commit may have happened and only its answer been lost.
/// </remarks>
/// <typeparam name="TStatements">The statements this part understands.</typeparam>
internal interface IStoreDriver<out TStatements> : IDisposable
{
    /// <summary>Where the rows are, for messages: a file or a database, never credentials.</summary>
    string Location { get; }

    /// <summary>
    /// Runs the body in one transaction at READ COMMITTED or stronger; the task ends after the commit. The
    /// body may await statements only. It may be run again where a transaction was rolled back, so it must
    /// change nothing but the store.
    /// </summary>
    Task<T> Write<T>(Func<TStatements, ValueTask<T>> body);

    /// <summary>The same without the right to write, and without waiting for writers.</summary>
    Task<T> Read<T>(Func<TStatements, ValueTask<T>> body);
}
