using Akka.Actor;
using static Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>The other nodes' mediators: what they have, and what they are told.</summary>
public partial class DistributedPubSubMediator
{
    /// <summary>How often another node is told the version, in case news got lost.</summary>
    private static readonly TimeSpan VersionInterval = TimeSpan.FromSeconds(10);

    private readonly SortedDictionary<int, Node> _nodes = [];
    private readonly Dictionary<(string Topic, string Group), int> _turns = [];
    private long _version;
    private int _nextToTell;

    private int SelfUid => _cluster.SelfUniqueAddress.Uid;

    private void HearMediator(IPubSubMessage news)
    {
        switch (news)
        {
            case Deliver deliver:
                DeliverHere(deliver.Topic, deliver.Message);
                break;
            case DeliverToGroups deliver:
                DeliverToGroupsHere(deliver.Topic, deliver.Groups, deliver.Message);
                break;
            case AllTopics all when _nodes.TryGetValue(all.Uid, out var node):
                _nodes[all.Uid] = node with { Topics = node.Topics.With(all) };
                break;
            case TopicChanged change when _nodes.TryGetValue(change.Uid, out var node):
                Learn(node, change);
                break;
            case TopicsVersion version when _nodes.TryGetValue(version.Uid, out var node):
                if (node.Topics.Version < version.Version)
                {
                    MediatorOn(node.Address).Tell(new GetAllTopics(), Self);
                }

                break;
            case GetAllTopics:
                Sender.Tell(All(), Self);
                break;
        }
    }

    private void Learn(Node node, TopicChanged change)
    {
        if (node.Topics.With(change) is { } topics)
        {
            _nodes[change.Uid] = node with { Topics = topics };
        }
        else
        {
            MediatorOn(node.Address).Tell(new GetAllTopics(), Self);
        }
    }

    private void Follow(ClusterEvent.IMemberEvent change)
    {
        if (change is ClusterEvent.MemberRemoved or ClusterEvent.MemberDowned)
        {
            _nodes.Remove(change.Member.UniqueAddress.Uid);
        }
        else
        {
            Meet(change.Member);
        }
    }

    /// <summary>
    /// Both of two nodes meet each other, so that each tells its own; what came before is asked for.
    /// </summary>
    private void Meet(Member member)
    {
        var (uid, address) = (member.UniqueAddress.Uid, member.Address);
        if (uid != SelfUid && member.Status is MemberStatus.Up or MemberStatus.Leaving
            && _nodes.TryAdd(uid, new Node(address, RemoteTopics.Unknown)))
        {
            MediatorOn(address).Tell(All(), Self);
            MediatorOn(address).Tell(new GetAllTopics(), Self);
        }
    }

    private void TellChange(string topic)
    {
        var change = new TopicChanged(SelfUid, ++_version, _local.Counts(topic));
        foreach (var node in _nodes.Values)
        {
            MediatorOn(node.Address).Tell(change, Self);
        }
    }

    private void TellVersion()
    {
        if (_nodes.Count > 0)
        {
            var node = _nodes.Values.ElementAt(_nextToTell++ % _nodes.Count);
            MediatorOn(node.Address).Tell(new TopicsVersion(SelfUid, _version), Self);
        }
    }

    private AllTopics All() => new(SelfUid, _version, [.. _local.Names.Select(_local.Counts)]);

    /// <summary>The node whose subscriber's turn it is; null for this one.</summary>
    private Address? HolderOf(string topic, string group)
    {
        var turn = _turns.GetValueOrDefault((topic, group));
        _turns[(topic, group)] = turn + 1;
        var here = _local.Counts(topic).Groups.GetValueOrDefault(group);
        var left = turn % (here + _nodes.Values.Sum(node => node.Topics.Count(topic, group)));
        if (left < here)
        {
            return null;
        }

        left -= here;
        foreach (var node in _nodes.Values)
        {
            var there = node.Topics.Count(topic, group);
            if (left < there)
            {
                return node.Address;
            }

            left -= there;
        }

        return null;
    }

    private NodesWithTopic NodesWith(string topic)
    {
        var others = _nodes.Where(node => node.Value.Topics.Topics.ContainsKey(topic))
            .Select(node => node.Key);
        return new NodesWithTopic(
            [.. (_local.Names.Contains(topic) ? others.Append(SelfUid) : others).Order()]);
    }

    private ActorSelection MediatorOn(Address address) =>
        Context.ActorSelection(address + Self.Path.ToStringWithoutAddress());

    private sealed record Node(Address Address, RemoteTopics Topics);

    private sealed class VersionTick : INoSerializationVerificationNeeded
    {
        public static readonly VersionTick Instance = new();
    }
}
