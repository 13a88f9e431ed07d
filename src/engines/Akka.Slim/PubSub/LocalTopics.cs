using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>The subscribers of this node, in the order of their subscription.</summary>
internal sealed class LocalTopics
{
    private readonly OrderedDictionary<string, OrderedDictionary<IActorRef, HashSet<string>>> _topics = [];
    private readonly Dictionary<(string Topic, string Group), int> _turns = [];

    public IReadOnlyCollection<string> Names => _topics.Keys;

    /// <summary>False where it was there already.</summary>
    public bool Add(string topic, IActorRef subscriber, string group)
    {
        if (!_topics.TryGetValue(topic, out var subscribers))
        {
            _topics.Add(topic, subscribers = []);
        }

        if (!subscribers.TryGetValue(subscriber, out var groups))
        {
            subscribers.Add(subscriber, groups = []);
        }

        return groups.Add(group);
    }

    /// <summary>False where it was not there.</summary>
    public bool Remove(string topic, IActorRef subscriber, string group)
    {
        if (!_topics.TryGetValue(topic, out var subscribers)
            || !subscribers.TryGetValue(subscriber, out var groups) || !groups.Remove(group))
        {
            return false;
        }

        if (groups.Count == 0)
        {
            RemoveFrom(topic, subscriber);
        }

        return true;
    }

    /// <summary>The topics it was subscribed to.</summary>
    public ImmutableArray<string> RemoveAll(IActorRef subscriber)
    {
        var topics = _topics.Where(topic => topic.Value.ContainsKey(subscriber))
            .Select(topic => topic.Key).ToImmutableArray();
        foreach (var topic in topics)
        {
            RemoveFrom(topic, subscriber);
        }

        return topics;
    }

    public bool Knows(IActorRef subscriber) => _topics.Values.Any(topic => topic.ContainsKey(subscriber));

    public MediatorProtocol.TopicCounts Counts(string topic)
    {
        var groups = _topics.TryGetValue(topic, out var subscribers)
            ? subscribers.Values.SelectMany(names => names).GroupBy(name => name) : [];
        return new MediatorProtocol.TopicCounts(topic, groups.ToImmutableSortedDictionary(
            group => group.Key, group => group.Count(), StringComparer.Ordinal));
    }

    /// <summary>Those without a group.</summary>
    public IEnumerable<IActorRef> Subscribers(string topic) => Members(topic, "");

    /// <summary>The one of the group whose turn it is; null where it is empty.</summary>
    public IActorRef? OneOf(string topic, string group)
    {
        var members = Members(topic, group).ToList();
        if (members.Count == 0)
        {
            return null;
        }

        var turn = _turns.GetValueOrDefault((topic, group));
        _turns[(topic, group)] = turn + 1;
        return members[turn % members.Count];
    }

    private IEnumerable<IActorRef> Members(string topic, string group) =>
        _topics.TryGetValue(topic, out var subscribers)
            ? subscribers.Where(entry => entry.Value.Contains(group)).Select(entry => entry.Key) : [];

    private void RemoveFrom(string topic, IActorRef subscriber)
    {
        var subscribers = _topics[topic];
        subscribers.Remove(subscriber);
        if (subscribers.Count == 0)
        {
            _topics.Remove(topic);
            foreach (var key in _turns.Keys.Where(key => key.Topic == topic).ToList())
            {
                _turns.Remove(key);
            }
        }
    }
}
