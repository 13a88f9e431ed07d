using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A tree of actors with the threads, clock and configuration they share.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private protected ActorSystem()
    {
    }

    public abstract Settings Settings { get; }

    public abstract string Name { get; }

    public abstract EventStream EventStream { get; }

    public abstract IActorRef DeadLetters { get; }

    public abstract IScheduler Scheduler { get; }

    public abstract Dispatchers Dispatchers { get; }

    public abstract ILoggingAdapter Log { get; }

    /// <summary>
    /// Completes when every actor has stopped and the callbacks of RegisterOnTermination have run.
    /// </summary>
    public abstract Task WhenTerminated { get; }

    /// <summary>On the monotonic clock.</summary>
    public TimeSpan StartTime { get; private protected set; }

    public TimeSpan Uptime => Scheduler.MonotonicClock - StartTime;

    /// <exception cref="ArgumentException">The name has other characters than letters, digits and inner
    /// hyphens.</exception>
    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    public static ActorSystem Create(string name, Config config) =>
        Create(name, BootstrapSetup.Create().WithConfig(config));

    public static ActorSystem Create(string name, BootstrapSetup setup) =>
        Create(name, ActorSystemSetup.Create(setup));

    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        var system = new ActorSystemImpl(name, setup);
        system.Start();
        return system;
    }

    public abstract IActorRef ActorOf(Props props, string? name = null);

    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    public abstract ActorSelection ActorSelection(string actorPath);

    public abstract void Stop(IActorRef actor);

    /// <summary>Runs the coordinated shutdown, which stops all actors.</summary>
    public abstract Task Terminate();

    /// <summary>Runs the code after the last actor has stopped; later registrations first.</summary>
    public abstract void RegisterOnTermination(Action code);

    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>Made and registered if it is not there yet.</summary>
    public abstract object GetExtension(IExtensionId extensionId);

    public abstract T GetExtension<T>()
        where T : class, IExtension;

    public abstract bool HasExtension(Type type);

    public abstract bool HasExtension<T>()
        where T : class, IExtension;

    public abstract bool TryGetExtension(
        Type extensionType, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out object? extension);

    public abstract bool TryGetExtension<T>(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? extension)
        where T : class, IExtension;

    /// <summary>Terminates and waits.</summary>
    public void Dispose()
    {
        Terminate().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }
}
