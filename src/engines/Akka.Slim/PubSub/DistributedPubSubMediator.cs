using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>
/// Knows the subscribers of this node, in the order of their subscription. Created by the extension; after a
/// restart it knows nobody, so it never fails on what it is sent.
/// </summary>
public class DistributedPubSubMediator : UntypedActor
{
    private readonly Dictionary<string, OrderedDictionary<IActorRef, HashSet<string>>> _topics = [];
    private readonly Dictionary<(string Topic, string Group), int> _turns = [];

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
                Sender.Tell(new CurrentTopics(_topics.Keys.ToImmutableHashSet()), Self);
                break;
            case Terminated terminated:
                Forget(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static string GroupKey(string? group) => group ?? "";

    private void Add(Subscribe request)
    {
        if (!_topics.TryGetValue(request.Topic, out var subscribers))
        {
            _topics.Add(request.Topic, subscribers = []);
        }

        if (!subscribers.TryGetValue(request.Ref, out var groups))
        {
            subscribers.Add(request.Ref, groups = []);
            Context.Watch(request.Ref);
        }

        groups.Add(GroupKey(request.Group));
        Sender.Tell(new SubscribeAck(request), Self);
    }

    private void Remove(Unsubscribe request)
    {
        if (_topics.TryGetValue(request.Topic, out var subscribers)
            && subscribers.TryGetValue(request.Ref, out var groups)
            && groups.Remove(GroupKey(request.Group))
            && groups.Count == 0)
        {
            RemoveFrom(request.Topic, request.Ref);
            if (!_topics.Values.Any(others => others.ContainsKey(request.Ref)))
            {
                Context.Unwatch(request.Ref);
            }
        }

        Sender.Tell(new UnsubscribeAck(request), Self);
    }

    private void Forget(IActorRef subscriber)
    {
        foreach (var topic in _topics.Keys.ToList())
        {
            RemoveFrom(topic, subscriber);
        }
    }

    private void RemoveFrom(string topic, IActorRef subscriber)
    {
        var subscribers = _topics[topic];
        subscribers.Remove(subscriber);
        if (subscribers.Count == 0)
        {
            _topics.Remove(topic);
        }
    }

    private void Deliver(Publish publish)
    {
        if (!_topics.TryGetValue(publish.Topic, out var subscribers))
        {
            Context.System.DeadLetters.Tell(new DeadLetter(publish.Message, Sender, Self), Sender);
            return;
        }

        var receivers = publish.SendOneMessageToEachGroup
            ? OneOfEachGroup(publish.Topic, subscribers)
            : subscribers.Where(entry => entry.Value.Contains("")).Select(entry => entry.Key).ToList();
        foreach (var receiver in receivers)
        {
            receiver.Forward(publish.Message);
        }
    }

    private List<IActorRef> OneOfEachGroup(
        string topic, OrderedDictionary<IActorRef, HashSet<string>> subscribers)
    {
        var chosen = new List<IActorRef>();
        var named = subscribers.Values.SelectMany(groups => groups).Distinct().Where(name => name != "");
        foreach (var group in named)
        {
            var members = subscribers.Where(entry => entry.Value.Contains(group))
                .Select(entry => entry.Key).ToList();
            var turn = _turns.GetValueOrDefault((topic, group));
            _turns[(topic, group)] = turn + 1;
            chosen.Add(members[turn % members.Count]);
        }

        return chosen;
    }
}
