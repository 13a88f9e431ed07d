using System.Collections.Concurrent;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// The tree of one system: its root, the guardians below it, temporary references and dead letters.
/// </summary>
internal sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly ActorSystemImpl _system;
    private readonly TaskCompletionSource _terminated;
    private readonly ActorPath _tempRoot;

    public LocalActorRefProvider(ActorSystemImpl system)
    {
        _system = system;
        _terminated = new TaskCompletionSource(system.Completions);
        RootPath = new RootActorPath(new Address("akka", system.Name));
        DefaultAddress = RootPath.Address;
        DeadLettersRef = new DeadLetterActorRef(this, RootPath / "deadLetters", system.EventStream);
        _tempRoot = RootPath / "temp";
        TempContainer = new TempContainer(this, _tempRoot);
    }

    public ActorPath RootPath { get; }

    public Settings Settings => _system.Settings;

    public TimeProvider Time => _system.Time;

    public TaskCreationOptions Completions => _system.Completions;

    public IActorRef DeadLetters => DeadLettersRef;

    public DeadLetterActorRef DeadLettersRef { get; }

    /// <summary>Set by the cluster once the node knows its host and port.</summary>
    public Address DefaultAddress { get; internal set; }

    /// <summary>Set by the cluster: makes references to other systems' actors.</summary>
    public Func<ActorPath, IInternalActorRef>? RemoteRefs { get; set; }

    public Task TerminationTask => _terminated.Task;

    public TempContainer TempContainer { get; }

    public LocalActorRef Root { get; private set; } = null!;

    public LocalActorRef Guardian { get; private set; } = null!;

    public LocalActorRef SystemGuardian { get; private set; } = null!;

    public void Start()
    {
        var strategy =
            SupervisorStrategyConfigurator.CreateConfigurator(Settings.SupervisorStrategyClass).Create();
        Root = new LocalActorRef(
            _system, Internal(Props.Create<RootGuardian>()), new BubbleWalker(this), RootPath);
        Root.Start();
        SystemGuardian = (LocalActorRef)Root.Cell.ActorOf(Internal(Props.Create<Guardian>()), "system");
        Guardian = (LocalActorRef)Root.Cell.ActorOf(
            Internal(Props.Create<Guardian>()).WithSupervisorStrategy(strategy), "user");
        Root.Tell(new RootGuardian.Guard(Guardian, SystemGuardian), ActorRefs.NoSender);
    }

    public ActorPath TempPath() =>
        new ChildActorPath(_tempRoot, Base64Name.For(_system.NextUid()), 0);

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) =>
        TempContainer.Add(path.Name, actorRef);

    public void UnregisterTempActor(ActorPath path) => TempContainer.Remove(path.Name);

    public IInternalActorRef EmptyRef(ActorPath path) => new EmptyActorRef(this, path, _system.EventStream);

    public IActorRef RootGuardianAt(Address address)
    {
        if (IsOwn(address))
            return Root;
        var root = new RootActorPath(address);
        return RemoteRefs?.Invoke(root) ?? DeadLetters;
    }

    public IActorRef ResolveActorRef(string path) =>
        ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (!IsOwn(actorPath.Address))
            return RemoteRefs?.Invoke(actorPath) ?? EmptyRef(actorPath);
        var elements = actorPath.ElementsWithUid;
        var found = Root.GetChild(elements);
        return ReferenceEquals(found, Nobody.Instance) ? EmptyRef(OwnPath(elements, actorPath.Uid)) : found;
    }

    /// <summary>What stands right below the root without being an actor, or null.</summary>
    public IInternalActorRef? SpecialRef(string name) => name switch
    {
        "temp" => TempContainer,
        "deadLetters" => DeadLettersRef,
        _ => null,
    };

    public Address? GetExternalAddressFor(Address address) => IsOwn(address) ? address : null;

    private bool IsOwn(Address address) =>
        address == RootPath.Address || address == DefaultAddress
        || (address.HasLocalScope && address.System == _system.Name);

    private ActorPath OwnPath(IReadOnlyList<string> elements, long uid)
    {
        var path = elements.Take(elements.Count - 1).Aggregate(RootPath, (parent, name) => parent / name);
        return new ChildActorPath(path, ActorPathSyntax.SplitNameAndUid(elements[^1]).Name, uid);
    }

    private static Props Internal(Props props) =>
        props.WithDispatcher(Dispatch.Dispatchers.InternalDispatcherId);

    /// <summary>Above the root: learns of its end, and ends it when it fails.</summary>
    private sealed class BubbleWalker(LocalActorRefProvider owner) : MinimalActorRef
    {
        public override ActorPath Path { get; } = owner.RootPath / "bubble-walker";

        public override IActorRefProvider Provider => owner;

        public override void SendSystemMessage(SystemMessage message)
        {
            switch (message)
            {
                case Failed failed:
                    owner._system.Log.Error(failed.Cause, "The root guardian failed; the system stops.");
                    ((IInternalActorRef)failed.Child).Stop();
                    break;
                case DeathWatchNotification:
                    owner._terminated.TrySetResult();
                    break;
            }
        }
    }
}

/// <summary>Where temporary references can be found by name.</summary>
internal sealed class TempContainer(IActorRefProvider provider, ActorPath path) : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new();

    public override ActorPath Path { get; } = path;

    public override IActorRefProvider Provider { get; } = provider;

    public void Add(string name, IInternalActorRef actorRef) => _children[name] = actorRef;

    public void Remove(string name) => _children.TryRemove(name, out _);

    public override IActorRef GetChild(IReadOnlyList<string> names) => names switch
    {
        [] or [""] => this,
        [var name] => _children.TryGetValue(name, out var child) ? child : Nobody.Instance,
        _ => Nobody.Instance,
    };
}
