namespace Akka.Actor;

public static class CancelableExtensions
{
    /// <summary>As Cancel, but null is ignored.</summary>
    public static void CancelIfNotNull(this ICancelable? cancelable) => cancelable?.Cancel();
}
