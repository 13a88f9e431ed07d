using System.Collections.Immutable;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>What mediators send each other.</summary>
internal interface IPubSubMessage;

/// <summary>Between the mediators of different nodes.</summary>
internal static class MediatorProtocol
{
    /// <summary>How many subscribers a node has for one topic.</summary>
    /// <param name="Topic">The topic.</param>
    /// <param name="Groups">Subscribers by group; "" stands for those without one.</param>
    public sealed record TopicCounts(string Topic, ImmutableSortedDictionary<string, int> Groups);

    /// <param name="Uid">The incarnation whose topics these are.</param>
    /// <param name="Version">Grows with each change; older news undo nothing.</param>
    /// <param name="Topics">All there are.</param>
    public sealed record AllTopics(int Uid, long Version, ImmutableArray<TopicCounts> Topics)
        : IPubSubMessage;

    /// <summary>Leads from one version to the next; without groups, the topic is gone.</summary>
    public sealed record TopicChanged(int Uid, long Version, TopicCounts Topic) : IPubSubMessage;

    /// <summary>Says which version there is, in case news got lost.</summary>
    public sealed record TopicsVersion(int Uid, long Version) : IPubSubMessage;

    /// <summary>Answered with <see cref="AllTopics"/>.</summary>
    public sealed record GetAllTopics : IPubSubMessage;

    /// <summary>For the receiver's subscribers without a group.</summary>
    public sealed record Deliver(string Topic, object Message) : IPubSubMessage;

    /// <summary>For one of the receiver's subscribers in each of the groups.</summary>
    public sealed record DeliverToGroups(string Topic, ImmutableArray<string> Groups, object Message)
        : IPubSubMessage;

    /// <summary>Which nodes, this one included, have subscribers, as far as is known here.</summary>
    public sealed record GetNodesWithTopic(string Topic);

    public sealed record NodesWithTopic(ImmutableArray<int> Uids);
}
