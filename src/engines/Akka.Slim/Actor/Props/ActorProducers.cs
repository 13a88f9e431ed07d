using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>Makes actors by calling a function.</summary>
internal sealed class FactoryProducer(Type actorType, Func<ActorBase> factory) : IIndirectActorProducer
{
    public Type ActorType { get; } = actorType;

    public ActorBase Produce() => factory();

    public void Release(ActorBase actor)
    {
    }
}

/// <summary>
/// Makes actors by evaluating an expression. Compiling one costs as much as starting a thousand actors, so that is
/// left to those that start many: most props start one.
/// </summary>
internal sealed class ExpressionProducer<TActor>(Expression<Func<TActor>> expression) : IIndirectActorProducer
    where TActor : ActorBase
{
    private const int StartsBeforeCompiling = 16;

    private Func<TActor> _make = expression.Compile(preferInterpretation: true);
    private int _starts;

    public Type ActorType => typeof(TActor);

    public ActorBase Produce()
    {
        // Two threads may miscount; it is compiled a little later then.
        if (_starts < StartsBeforeCompiling && ++_starts == StartsBeforeCompiling)
            _make = expression.Compile();
        return _make();
    }

    public void Release(ActorBase actor)
    {
    }
}

/// <summary>
/// Makes actors by the constructor that fits the arguments; the parameterless one is compiled once per type.
/// </summary>
internal sealed class ActivatorProducer(Type actorType, object?[] arguments) : IIndirectActorProducer
{
    private readonly ConstructorInvoker? _plain =
        arguments.Length == 0 && FindPlain(actorType) is { } constructor
            ? ConstructorInvoker.Create(constructor) : null;

    public Type ActorType { get; } = actorType;

    public ActorBase Produce()
    {
        if (_plain is not null)
            return (ActorBase)_plain.Invoke();
        const BindingFlags flags =
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.CreateInstance
            | BindingFlags.OptionalParamBinding;
        try
        {
            return (ActorBase)Activator.CreateInstance(
                ActorType, flags, binder: null, arguments, culture: null)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    public void Release(ActorBase actor)
    {
    }

    private static ConstructorInfo? FindPlain(Type type) => type.GetConstructor(
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, Type.EmptyTypes);
}

/// <summary>Makes nothing: the actor it belongs to has ended.</summary>
internal sealed class TerminatedProducer : IIndirectActorProducer
{
    public Type ActorType => typeof(ActorBase);

    public ActorBase Produce() => throw new InvalidOperationException("The actor has terminated.");

    public void Release(ActorBase actor)
    {
    }
}
