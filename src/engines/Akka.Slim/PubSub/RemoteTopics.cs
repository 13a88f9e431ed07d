using System.Collections.Immutable;
using static Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>What the mediator of another node has told of its topics.</summary>
/// <param name="Version">The newest news; −1 before the first.</param>
/// <param name="Topics">By name.</param>
internal sealed record RemoteTopics(long Version, ImmutableSortedDictionary<string, TopicCounts> Topics)
{
    public static RemoteTopics Unknown { get; } = new(
        -1, ImmutableSortedDictionary.Create<string, TopicCounts>(StringComparer.Ordinal));

    /// <summary>Late news change nothing.</summary>
    public RemoteTopics With(AllTopics news) => news.Version <= Version
        ? this
        : new RemoteTopics(
            news.Version,
            news.Topics.ToImmutableSortedDictionary(
                topic => topic.Topic, topic => topic, StringComparer.Ordinal));

    /// <summary>Null where news in between are missing.</summary>
    public RemoteTopics? With(TopicChanged news)
    {
        if (news.Version <= Version)
        {
            return this;
        }

        if (news.Version != Version + 1)
        {
            return null;
        }

        var topics = news.Topic.Groups.IsEmpty
            ? Topics.Remove(news.Topic.Topic) : Topics.SetItem(news.Topic.Topic, news.Topic);
        return new RemoteTopics(news.Version, topics);
    }

    /// <summary>Subscribers of a topic in a group; "" for those without one.</summary>
    public int Count(string topic, string group) =>
        Topics.GetValueOrDefault(topic)?.Groups.GetValueOrDefault(group) ?? 0;
}
