namespace Akka.Actor;

/// <summary>The root of one system's tree: "/".</summary>
public sealed class RootActorPath : ActorPath
{
    public RootActorPath(Address address, string name = "/")
        : base(name, 0) => Address = address;

    public override Address Address { get; }

    public override ActorPath Parent => this;

    public override ActorPath Root => this;

    public override int Depth => 0;

    public override ActorPath WithUid(long uid) =>
        uid == 0 ? this
            : throw new NotSupportedException($"The root path {this} has no uid; {uid} was asked for.");
}
