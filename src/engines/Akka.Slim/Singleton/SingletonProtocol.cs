using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Between the managers of one singleton on different nodes.</summary>
internal static class SingletonProtocol
{
    /// <summary>The next one asks an older one, which is on its way out, to stop the singleton.</summary>
    /// <param name="Asked">
    /// The incarnation that is meant; a later one of its address must not take it for itself.
    /// </param>
    public sealed record HandOverToMe(int Asked) : IDeadLetterSuppression;

    /// <summary>The singleton has been told to stop.</summary>
    public sealed record HandOverInProgress : IDeadLetterSuppression;

    /// <summary>The sender's node runs no singleton, and never will again.</summary>
    /// <param name="By">The sender's incarnation.</param>
    public sealed record HandOverDone(int By) : IDeadLetterSuppression;
}
