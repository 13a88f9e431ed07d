using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>
/// Knows the subscribers of this node, and how many the other nodes have: what is published goes to those
/// nodes only. Created by the extension; after a restart it knows nobody, so it never fails on what it is
/// sent.
/// </summary>
public partial class DistributedPubSubMediator : UntypedActor, IWithTimers
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly LocalTopics _local = new();

    ITimerScheduler IWithTimers.Timers { get; set; } = null!;

    private ITimerScheduler Timers => ((IWithTimers)this).Timers;

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent));
        Timers.StartPeriodicTimer(nameof(VersionTick), VersionTick.Instance, VersionInterval);
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Publish publish:
                Deliver(publish);
                break;
            case Subscribe subscribe:
                Add(subscribe);
                break;
            case Unsubscribe unsubscribe:
                Remove(unsubscribe);
                break;
            case GetTopics:
                var remote = _nodes.Values.SelectMany(node => node.Topics.Topics.Keys);
                Sender.Tell(new CurrentTopics(_local.Names.Concat(remote).ToImmutableHashSet()), Self);
                break;
            case GetNodesWithTopic query:
                Sender.Tell(NodesWith(query.Topic), Self);
                break;
            case Terminated terminated:
                Forget(terminated.ActorRef);
                break;
            case IPubSubMessage news:
                HearMediator(news);
                break;
            case VersionTick:
                TellVersion();
                break;
            case ClusterEvent.CurrentClusterState state:
                foreach (var member in state.Members)
                {
                    Meet(member);
                }

                break;
            case ClusterEvent.IMemberEvent change:
                Follow(change);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static string GroupKey(string? group) => group ?? "";

    private void Add(Subscribe request)
    {
        var isNew = _local.Add(request.Topic, request.Ref, GroupKey(request.Group));
        Context.Watch(request.Ref);
        Sender.Tell(new SubscribeAck(request), Self);
        if (isNew)
        {
            TellChange(request.Topic);
        }
    }

    private void Remove(Unsubscribe request)
    {
        var wasThere = _local.Remove(request.Topic, request.Ref, GroupKey(request.Group));
        if (!_local.Knows(request.Ref))
        {
            Context.Unwatch(request.Ref);
        }

        Sender.Tell(new UnsubscribeAck(request), Self);
        if (wasThere)
        {
            TellChange(request.Topic);
        }
    }

    private void Forget(IActorRef subscriber)
    {
        foreach (var topic in _local.RemoveAll(subscriber))
        {
            TellChange(topic);
        }
    }

    private void Deliver(Publish publish)
    {
        var wasSent = publish.SendOneMessageToEachGroup ? DeliverToGroups(publish) : DeliverToAll(publish);
        if (!wasSent)
        {
            Context.System.DeadLetters.Tell(new DeadLetter(publish.Message, Sender, Self), Sender);
        }
    }

    private bool DeliverToAll(Publish publish)
    {
        var wasSent = DeliverHere(publish.Topic, publish.Message);
        foreach (var node in _nodes.Values.Where(node => node.Topics.Count(publish.Topic, "") > 0))
        {
            MediatorOn(node.Address).Tell(new Deliver(publish.Topic, publish.Message), Sender);
            wasSent = true;
        }

        return wasSent;
    }

    private bool DeliverHere(string topic, object message)
    {
        var receivers = _local.Subscribers(topic).ToList();
        receivers.ForEach(receiver => receiver.Forward(message));
        return receivers.Count > 0;
    }

    /// <summary>Each group's subscribers, on whatever nodes, take turns.</summary>
    private bool DeliverToGroups(Publish publish)
    {
        var groups = _nodes.Values
            .SelectMany(node => node.Topics.Topics.GetValueOrDefault(publish.Topic)?.Groups.Keys ?? [])
            .Concat(_local.Counts(publish.Topic).Groups.Keys)
            .Where(group => group.Length > 0)
            .ToImmutableSortedSet(StringComparer.Ordinal);
        var chosen = groups.GroupBy(group => HolderOf(publish.Topic, group));
        foreach (var node in chosen)
        {
            if (node.Key is { } address)
            {
                MediatorOn(address).Tell(
                    new DeliverToGroups(publish.Topic, [.. node], publish.Message), Sender);
            }
            else
            {
                DeliverToGroupsHere(publish.Topic, node, publish.Message);
            }
        }

        return groups.Count > 0;
    }

    private void DeliverToGroupsHere(string topic, IEnumerable<string> groups, object message)
    {
        foreach (var group in groups)
        {
            _local.OneOf(topic, group)?.Forward(message);
        }
    }
}
