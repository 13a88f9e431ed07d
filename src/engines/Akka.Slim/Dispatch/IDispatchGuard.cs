namespace Akka.Dispatch;

/// <summary>
/// Says whether actors that must be alone in the cluster may act. Asked before each message, on the mailbox's
/// thread; a process that was frozen wakes up with the answer it needs.
/// </summary>
internal interface IDispatchGuard
{
    bool MayAct { get; }
}
