using System.Text.RegularExpressions;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The actor system.</summary>
internal sealed partial class ActorSystemImpl : ExtendedActorSystem
{
    /// <summary>Two systems that once had the same address must not count from nearby.</summary>
    private const long UidStarts = 1L << 53;

    private readonly ExtensionRegistry _extensions;
    private readonly LocalActorRefProvider _provider;
    private readonly IScheduler _scheduler;
    private readonly LoggerStarter _loggers;
    private readonly TaskCompletionSource _terminated;
    private readonly Lock _lock = new();
    private Stack<Action>? _onTermination = new();
    private readonly Random _random;
    private long _uids;

    public ActorSystemImpl(string name, ActorSystemSetup setup)
    {
        if (!ValidName().IsMatch(name))
        {
            throw new ArgumentException(
                $"'{name}' is no name of an actor system; it must be letters and digits, with "
                + "hyphens not at the start.",
                nameof(name));
        }
        var bootstrap = setup.Get<BootstrapSetup>();
        var engine = setup.Get<EngineSetup>().GetOrElse(new EngineSetup());
        var config = bootstrap.HasValue
            ? bootstrap.Value.Config.GetOrElse(ConfigurationFactory.Empty) : ConfigurationFactory.Empty;
        if (bootstrap.HasValue && bootstrap.Value.ConfigFallback.HasValue)
            config = config.WithFallback(bootstrap.Value.ConfigFallback.Value);
        Name = name;
        Time = engine.Time;
        _random = engine.Random;
        _uids = _random.NextInt64(1, UidStarts);
        Completions = engine.Completions;
        _terminated = new TaskCompletionSource(Completions);
        Exit = engine.Exit;
        Settings = new Settings(this, config.WithFallback(ReferenceConfig.Default), setup);
        EventStream = new EventStream(Settings.DebugEventStream);
        Log = Logging.GetLogger(EventStream, this, Settings.LogFormatter);
        _scheduler = MakeScheduler();
        StartTime = _scheduler.MonotonicClock;
        Dispatchers = new Dispatchers(Settings, engine.Dispatcher);
        _provider = new LocalActorRefProvider(this);
        _loggers = new LoggerStarter(this);
        _extensions = new ExtensionRegistry(this);
    }

    public override Settings Settings { get; }

    public override string Name { get; }

    public TimeProvider Time { get; }

    /// <summary>For tasks that the engine completes; see <see cref="EngineSetup.Completions"/>.</summary>
    public TaskCreationOptions Completions { get; }

    /// <summary>Ends the process with an exit code.</summary>
    public Action<int> Exit { get; }

    public override EventStream EventStream { get; }

    public override IActorRef DeadLetters => _provider.DeadLetters;

    public DeadLetterActorRef DeadLettersRef => _provider.DeadLettersRef;

    public override IScheduler Scheduler => _scheduler;

    public override Dispatchers Dispatchers { get; }

    public override ILoggingAdapter Log { get; }

    public override Task WhenTerminated => _terminated.Task;

    public override IActorRefProvider Provider => _provider;

    internal override IInternalActorRef Guardian => _provider.Guardian;

    internal override IInternalActorRef SystemGuardian => _provider.SystemGuardian;

    internal override IInternalActorRef LookupRoot => _provider.Root;

    /// <summary>
    /// Tells incarnations of one name apart, also from those of earlier systems on the same address.
    /// </summary>
    public long NextUid() => Interlocked.Increment(ref _uids);

    /// <summary>0 to 1, for jitter.</summary>
    public double NextRandom()
    {
        lock (_random)
            return _random.NextDouble();
    }

    public void Start()
    {
        try
        {
            _loggers.StartStdout();
            _provider.Start();
            _ = FinishWhenStopped();
            EventStream.StartUnsubscriber(this);
            _loggers.StartConfigured();
            RegisterExtension(CoordinatedShutdownExtension.Instance);
            StartExtensions();
        }
        catch
        {
            Abort();
            throw;
        }
    }

    public override IActorRef ActorOf(Props props, string? name = null) =>
        _provider.Guardian.Cell.ActorOf(props, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) =>
        _provider.SystemGuardian.Cell.ActorOf(props, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) =>
        SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) =>
        SelectionDelivery.Select(this, actorPath);

    public override ActorSelection ActorSelection(string actorPath) =>
        SelectionDelivery.Select(this, LookupRoot, actorPath);

    public override void Stop(IActorRef actor) => ((IInternalActorRef)actor).Stop();

    public override void Abort() => _provider.Guardian?.Stop();

    public override void RegisterOnTermination(Action code)
    {
        lock (_lock)
        {
            if (_onTermination is null)
                throw new InvalidOperationException("ActorSystem already terminated.");
            _onTermination.Push(code);
        }
    }

    public override object RegisterExtension(IExtensionId extension) => _extensions.Register(extension);

    public override object GetExtension(IExtensionId extensionId) => _extensions.Register(extensionId);

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension)
        ? extension
        : throw new InvalidOperationException($"{this} has no extension {typeof(T)}; register it first.");

    public override bool HasExtension(Type type) => _extensions.Has(type);

    public override bool HasExtension<T>() => _extensions.Has(typeof(T));

    public override bool TryGetExtension(
        Type extensionType, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out object? extension) =>
        _extensions.TryGet(extensionType, out extension);

    public override bool TryGetExtension<T>(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? extension)
        where T : class
    {
        extension = _extensions.TryGet(typeof(T), out var found) ? (T)found : null;
        return extension is not null;
    }

    public override string ToString() => $"akka://{Name}";

    /// <summary>Called on the root guardian, before /system stops.</summary>
    internal void UserGuardianStopped() => _loggers.BackToStdout();

    private async Task FinishWhenStopped()
    {
        await _provider.TerminationTask.ConfigureAwait(false);
        Finish();
    }

    private void Finish()
    {
        (_scheduler as IDisposable)?.Dispose();
        Stack<Action> callbacks;
        lock (_lock)
        {
            callbacks = _onTermination ?? new Stack<Action>();
            _onTermination = null;
        }
        while (callbacks.TryPop(out var callback))
        {
            try
            {
                callback();
            }
            catch (Exception e)
            {
                Log.Error(e, "A callback of RegisterOnTermination failed.");
            }
        }
        Dispatchers.Shutdown();
        _terminated.TrySetResult();
    }

    private IScheduler MakeScheduler()
    {
        var name = Settings.SchedulerClass;
        if (name.Length == 0)
            return new TimeProviderScheduler(Time, () => Log, NextRandom);
        var type = Util.TypeLookup.Find(name);
        return type is not null && typeof(IScheduler).IsAssignableFrom(type)
            ? (IScheduler)Activator.CreateInstance(type, Settings.Config.GetConfig("akka.scheduler"), Log)!
            : throw new ConfigurationException(
                $"akka.scheduler.implementation is '{name}'; it must name an {nameof(IScheduler)}.");
    }

    private void StartExtensions()
    {
        foreach (var name in Settings.Config.GetStringList("akka.extensions"))
        {
            var type = Util.TypeLookup.Find(name);
            if (type is null || Activator.CreateInstance(type) is not IExtensionId id)
                throw new ConfigurationException(
                    $"akka.extensions contains '{name}'; it must name an {nameof(IExtensionId)}.");
            RegisterExtension(id);
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-]*$")]
    private static partial Regex ValidName();
}
