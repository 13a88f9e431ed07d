using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Membership;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Store;

namespace Akka.Wire;

/// <summary>
/// Messages between this node and the others, as rows of the store. Open it before the node becomes a
/// member, so that whoever sees the member can reach it.
/// </summary>
internal sealed class NodeWire : INodeWire
{
    /// <summary>Addresses waited for at once; messages to more become dead letters at once.</summary>
    private const int StrangersMax = 100;

    private readonly WireEnvironment _wire;
    private readonly IActorRef _daemon;
    private readonly Action<Address> _down;
    private readonly List<TaskCompletionSource> _openers = [];
    private readonly TaskCompletionSource _lost;
    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private int _lookIsDue;
    private bool _isOpen;
    private volatile bool _isClosed;

    /// <param name="system">Gets references to the other nodes' actors from now on.</param>
    /// <param name="stores">Those of the cluster.</param>
    /// <param name="self">This incarnation.</param>
    /// <param name="down">Takes a node out that cannot be told what it must be told.</param>
    public NodeWire(ExtendedActorSystem system, IStores stores, UniqueAddress self, Action<Address> down)
    {
        var own = (ActorSystemImpl)system;
        _down = down;
        _lost = new TaskCompletionSource(own.Completions);
        _wire = new WireEnvironment(
            own,
            stores,
            self,
            new WireSettings(system.Settings.Config),
            new RareLog(Logging.GetLogger(system, typeof(NodeWire)), own.Time));
        _daemon = system.SystemActorOf(
            Props.Create(() => new WireDaemon(_wire, this))
                .WithDispatcher(Dispatch.Dispatchers.InternalDispatcherId),
            "wire");
        _wire.Provider.RemoteRefs = RefTo;
    }

    /// <inheritdoc/>
    /// <remarks>Ends once the others can send; tries for as long as the store is away.</remarks>
    public Task OpenAsync()
    {
        // One for each call: of several continuations of one task, some would be sent to other threads.
        var opener = new TaskCompletionSource(_wire.System.Completions);
        lock (_openers)
        {
            if (_isOpen)
            {
                return Task.CompletedTask;
            }

            _openers.Add(opener);
        }

        _daemon.Tell(WireDaemon.Open.Instance, ActorRefs.NoSender);
        return opener.Task;
    }

    /// <inheritdoc/>
    public Task Lost => _lost.Task;

    /// <inheritdoc/>
    public void Update(MembershipState state) =>
        _daemon.Tell(new WireDaemon.MembersChanged(state), ActorRefs.NoSender);

    /// <inheritdoc/>
    /// <remarks>The endpoint's row is the membership's to close.</remarks>
    public void Close()
    {
        _isClosed = true;
        _wire.System.Stop(_daemon);
    }

    public IInternalActorRef RefTo(ActorPath path) => path.Address.HasGlobalScope
        ? new RemoteActorRef(this, _wire.Provider, path) : _wire.Provider.EmptyRef(path);

    public void Send(RemoteActorRef recipient, object message, IActorRef? sender)
    {
        var item = new Outgoing(recipient, message, sender);
        var result = Offer(item);
        if (result == OfferResult.Full)
        {
            _wire.Log.Warning(
                "full",
                "Messages to {0} become dead letters: {1} wait for the store already "
                + "(akka-slim.wire.buffer-size).",
                recipient.Address,
                _wire.Settings.BufferSize);
        }

        if (result != OfferResult.Accepted)
        {
            _wire.ToDeadLetters([item]);
        }
    }

    public void SendSystem(RemoteActorRef recipient, SystemMessage message)
    {
        switch (Offer(new Outgoing(recipient, message, null)))
        {
            case OfferResult.Full:
                TakeOut(recipient.Address);
                break;
            case OfferResult.Closed when message is Watch watch:
                watch.Watcher.SendSystemMessage(NodeEnded(watch.Watchee));
                break;
        }
    }

    /// <summary>To the node itself.</summary>
    internal void Send(Association to, SystemMessage message)
    {
        var root = new RemoteActorRef(this, _wire.Provider, new RootActorPath(to.Address));
        if (to.Offer(new Outgoing(root, message, null)) == OfferResult.Full)
        {
            TakeOut(to.Address);
        }
    }

    /// <summary>Repeats our watches there, each of which leads to an answer if its actor has died.</summary>
    internal void WatchAgain(Association to)
    {
        foreach (var (watchee, watcher) in to.Ours())
        {
            to.Offer(new Outgoing((RemoteActorRef)watchee, new Watch(watchee, watcher), null));
        }
    }

    /// <summary>The association for an address that has a new incarnation.</summary>
    internal Association Meet(Address address)
    {
        var association = _associations.GetOrAdd(address, NewAssociation);
        return association.Peer is null
            ? association
            : _associations[address] = NewAssociation(address);
    }

    /// <summary>The node is no member: what waits for it and who watches it learn that.</summary>
    internal void End(Association association)
    {
        _associations.TryRemove(KeyValuePair.Create(association.Address, association));
        var (waiting, watches) = association.Close();
        _wire.ToDeadLetters(waiting);
        foreach (var (watchee, watcher) in watches.Ours)
        {
            watcher.SendSystemMessage(NodeEnded(watchee));
        }

        foreach (var (watchee, watcher) in watches.Theirs)
        {
            watchee.SendSystemMessage(new Unwatch(watchee, watcher));
        }
    }

    /// <summary>The daemon has ended, and with it all that the wire does.</summary>
    internal void EndAll()
    {
        _isClosed = true;
        foreach (var association in _associations.Values.OrderBy(association => association.Address).ToList())
        {
            End(association);
        }
    }

    internal void Lose() => _lost.TrySetResult();

    internal void Opened()
    {
        List<TaskCompletionSource> openers;
        lock (_openers)
        {
            _isOpen = true;
            openers = [.. _openers];
            _openers.Clear();
        }

        openers.ForEach(opener => opener.TrySetResult());
    }

    /// <summary>Any thread; many calls before the daemon comes to it are one.</summary>
    internal void LookSoon()
    {
        if (Interlocked.Exchange(ref _lookIsDue, 1) == 0)
        {
            _daemon.Tell(WireDaemon.Look.Instance, ActorRefs.NoSender);
        }
    }

    internal void BeginLook() => Volatile.Write(ref _lookIsDue, 0);

    private OfferResult Offer(Outgoing item)
    {
        while (!_isClosed && Find(item.Recipient.Address) is { } association)
        {
            var result = association.Offer(item);
            if (result != OfferResult.Closed)
            {
                return result;
            }

            _associations.TryRemove(KeyValuePair.Create(association.Address, association));
        }

        return OfferResult.Closed;
    }

    private Association? Find(Address address)
    {
        if (_associations.TryGetValue(address, out var known))
        {
            return known;
        }

        if (_associations.Values.Count(association => association.Peer is null) >= StrangersMax)
        {
            return null;
        }

        var stranger = NewAssociation(address);
        if (!_associations.TryAdd(address, stranger))
        {
            return Find(address);
        }

        _daemon.Tell(new WireDaemon.Stranger(stranger), ActorRefs.NoSender);
        return stranger;
    }

    private Association NewAssociation(Address address) => new(address, _wire.Settings.BufferSize);

    private static DeathWatchNotification NodeEnded(IActorRef watchee) =>
        new(watchee, existenceConfirmed: false, addressTerminated: true);

    private void TakeOut(Address address)
    {
        _wire.Log.Warning(
            "taken out",
            "{0} is taken out: {1} notices of watched actors wait for it and none may be lost.",
            address,
            Association.SystemMessagesMax);
        _down(address);
    }
}
