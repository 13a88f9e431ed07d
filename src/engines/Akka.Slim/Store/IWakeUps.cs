namespace Akka.Store;

/// <summary>
/// Tells another node to look at the store now. Only hints: they may get lost, come twice or for nothing, so
/// each listener polls as well.
/// </summary>
internal interface IWakeUps : IDisposable
{
    /// <summary>
    /// In place of a uid: all nodes, because the membership has changed. Who listens for a uid does not hear
    /// it.
    /// </summary>
    const int Everybody = 0;

    /// <summary>Never blocks and never fails.</summary>
    void Wake(int uid);

    /// <summary>Calls back on any thread until disposed.</summary>
    IDisposable Listen(int uid, Action onWake);
}
