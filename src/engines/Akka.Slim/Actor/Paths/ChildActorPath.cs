namespace Akka.Actor;

/// <summary>A path below another one.</summary>
public sealed class ChildActorPath : ActorPath
{
    private readonly ActorPath _parent;

    public ChildActorPath(ActorPath parentPath, string name, long uid)
        : base(name, uid)
    {
        _parent = parentPath;
        Depth = parentPath.Depth + 1;
    }

    public override Address Address => Root.Address;

    public override ActorPath Parent => _parent;

    public override int Depth { get; }

    public override ActorPath Root
    {
        get
        {
            var path = _parent;
            while (path.Depth > 0)
                path = path.Parent;
            return path;
        }
    }

    public override ActorPath WithUid(long uid) => uid == Uid ? this : new ChildActorPath(_parent, Name, uid);
}
