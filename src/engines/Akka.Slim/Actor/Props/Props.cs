using System.Linq.Expressions;

namespace Akka.Actor;

/// <summary>
/// An immutable recipe for actors: what to construct, and on which dispatcher under which strategy it lives.
/// </summary>
public class Props : IEquatable<Props>
{
    public static readonly Props None =
        CreateBy(new FactoryProducer(typeof(EmptyActor), () => new EmptyActor()));

    private readonly IIndirectActorProducer _producer;

    private Props(IIndirectActorProducer producer, object?[] arguments)
    {
        _producer = producer;
        Arguments = arguments;
    }

    public static Props Empty => None;

    public Type Type => _producer.ActorType;

    public string TypeName => Type.AssemblyQualifiedName ?? Type.Name;

    public object?[] Arguments { get; }

    /// <value>akka.actor.default-dispatcher</value>
    public string Dispatcher { get; private init; } = Dispatch.Dispatchers.DefaultDispatcherId;

    /// <summary>Where set, overrides what the actor itself says about its children's failures.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; private init; }

    /// <summary>Greatest number of stashed messages; −1 = unbounded.</summary>
    internal int StashCapacity { get; private init; } = -1;

    /// <summary>Asked before each message of the actor and of those below it; null = as the parent.</summary>
    internal Dispatch.IDispatchGuard? Guard { get; private init; }

    public static Props Create<TActor>()
        where TActor : ActorBase, new() => Create(typeof(TActor));

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => Create<TActor>().WithSupervisorStrategy(supervisorStrategy);

    public static Props Create<TActor>(params object?[] args)
        where TActor : ActorBase => Create(typeof(TActor), args);

    /// <summary>Each start of an actor evaluates the expression anew.</summary>
    /// <exception cref="ArgumentException">The expression is not a constructor call.</exception>
    public static Props Create<TActor>(
        Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is not NewExpression && factory.Body is not MemberInitExpression)
        {
            throw new ArgumentException(
                $"The expression '{factory.Body}' is no constructor call; write "
                + $"() => new {typeof(TActor).Name}(…) or use Props.CreateBy.");
        }
        return new Props(new ExpressionProducer<TActor>(factory), []) { SupervisorStrategy = supervisorStrategy };
    }

    public static Props Create(Type type, params object?[] args)
    {
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ArgumentException(
                $"{type} is no actor; it must derive from {nameof(ActorBase)}.", nameof(type));
        return new Props(new ActivatorProducer(type, args), args);
    }

    public static Props CreateBy(IIndirectActorProducer producer, params object?[] args) =>
        new(producer, args);

    public static Props CreateBy<TProducer>(params object?[] args)
        where TProducer : class, IIndirectActorProducer =>
        new((IIndirectActorProducer)Activator.CreateInstance(typeof(TProducer), args)!, args);

    public Props WithDispatcher(string dispatcher) => Copy(dispatcher, SupervisorStrategy, StashCapacity);

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        Copy(Dispatcher, supervisorStrategy, StashCapacity);

    public Props WithStashCapacity(int stashCapacity) => Copy(Dispatcher, SupervisorStrategy, stashCapacity);

    internal Props WithGuard(Dispatch.IDispatchGuard? guard) =>
        new(_producer, Arguments)
        {
            Dispatcher = Dispatcher,
            SupervisorStrategy = SupervisorStrategy,
            StashCapacity = StashCapacity,
            Guard = guard,
        };

    public virtual ActorBase NewActor() => _producer.Produce();

    internal void Release(ActorBase actor) => _producer.Release(actor);

    public bool Equals(Props? other) =>
        other is not null && Type == other.Type && Dispatcher == other.Dispatcher
        && ReferenceEquals(SupervisorStrategy, other.SupervisorStrategy)
        && Arguments.SequenceEqual(other.Arguments)
        && (_producer is ActivatorProducer || ReferenceEquals(_producer, other._producer));

    public override bool Equals(object? obj) => Equals(obj as Props);

    public override int GetHashCode() => HashCode.Combine(Type, Dispatcher, Arguments.Length);

    public override string ToString() => $"Props({Type.FullName})";

    private Props Copy(string dispatcher, SupervisorStrategy? strategy, int stashCapacity) =>
        new(_producer, Arguments)
        {
            Dispatcher = dispatcher,
            SupervisorStrategy = strategy,
            StashCapacity = stashCapacity,
            Guard = Guard,
        };

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
