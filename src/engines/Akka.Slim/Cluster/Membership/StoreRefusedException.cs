namespace Akka.Cluster.Membership;

/// <summary>The store answers, but this node must not use it; the message says why.</summary>
internal sealed class StoreRefusedException(string message) : Exception(message);
