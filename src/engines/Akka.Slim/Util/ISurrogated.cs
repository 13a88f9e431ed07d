using Akka.Actor;

namespace Akka.Util;

/// <summary>A value that travels as another one, because it is bound to its actor system.</summary>
public interface ISurrogated
{
    ISurrogate ToSurrogate(ActorSystem system);
}
