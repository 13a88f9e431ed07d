using Akka.Actor;

namespace Akka.Util;

/// <summary>Serialisable stand-in of an <see cref="ISurrogated"/> value.</summary>
public interface ISurrogate
{
    ISurrogated? FromSurrogate(ActorSystem system);
}
