namespace Akka.Actor;

/// <summary>Why the system shuts down.</summary>
public sealed partial class CoordinatedShutdown
{
    public class Reason
    {
        private protected Reason()
        {
        }

        public override string ToString() => GetType().Name;
    }

    public sealed class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();
    }

    /// <summary>ActorSystem.Terminate was called.</summary>
    public sealed class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();
    }

    /// <summary>The process ends.</summary>
    public sealed class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();
    }

    public sealed class ClusterDowningReason : Reason
    {
        public static readonly Reason Instance = new ClusterDowningReason();
    }

    public sealed class ClusterLeavingReason : Reason
    {
        public static readonly Reason Instance = new ClusterLeavingReason();
    }

    public sealed class ClusterJoinUnsuccessfulReason : Reason
    {
        public static readonly Reason Instance = new ClusterJoinUnsuccessfulReason();
    }
}
