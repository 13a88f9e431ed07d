using Akka.Util;

namespace Akka.Actor;

/// <summary>The reference that leads nowhere; messages to it vanish.</summary>
public sealed class Nobody
{
    private static readonly NobodyRef Ref = new();

    private Nobody()
    {
    }

    /// <summary>The one instance.</summary>
    internal static IInternalActorRef Instance => Ref;

    private sealed class NobodyRef : MinimalActorRef
    {
        public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "Nobody";

        public override IActorRefProvider Provider =>
            throw new NotSupportedException("Nobody belongs to no actor system.");

        public override string ToString() => "Nobody";

        public override ISurrogate ToSurrogate(ActorSystem system) => new NobodySurrogate();
    }

    public sealed class NobodySurrogate : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => Ref;
    }
}
