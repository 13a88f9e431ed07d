using System.Collections.Immutable;
using Akka.Util;

namespace Akka.Actor.Setup;

/// <summary>The parts an actor system is made with, at most one of each type.</summary>
public sealed class ActorSystemSetup
{
    public static readonly ActorSystemSetup Empty = new(ImmutableDictionary<Type, Setup>.Empty);

    private readonly ImmutableDictionary<Type, Setup> _setups;

    private ActorSystemSetup(ImmutableDictionary<Type, Setup> setups) => _setups = setups;

    public static ActorSystemSetup Create(params Setup[] setup) =>
        setup.Aggregate(Empty, (all, each) => all.And(each));

    public Option<T> Get<T>()
        where T : Setup =>
        _setups.TryGetValue(typeof(T), out var setup) ? new Option<T>((T)setup) : Option<T>.None;

    /// <summary>Replaces the part of the same type.</summary>
    public ActorSystemSetup WithSetup<T>(T setup)
        where T : Setup => And(setup);

    public ActorSystemSetup And<T>(T setup)
        where T : Setup => new(_setups.SetItem(setup.GetType(), setup));
}
