using System.Collections.Immutable;
using Akka.Actor;
using Akka.Serialization;
using static Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>What mediators send each other, and what may be sent to one of another node.</summary>
internal sealed class PubSubSerializer : EngineSerializer
{
    public PubSubSerializer(ExtendedActorSystem system)
        : base(system, identifier: 9)
    {
        Add(
            "all-topics",
            WriteAll,
            reader => new AllTopics(reader.Int32(), reader.Int64(), [.. reader.List(ReadCounts)]));
        Add(
            "topic",
            WriteChange,
            reader => new TopicChanged(reader.Int32(), reader.Int64(), ReadCounts(reader)));
        Add(
            "version",
            (writer, message) =>
            {
                writer.Int32(message.Uid);
                writer.Int64(message.Version);
            },
            reader => new TopicsVersion(reader.Int32(), reader.Int64()));
        Add("get-all-topics", new GetAllTopics());
        Add(
            "deliver",
            (writer, message) =>
            {
                writer.Text(message.Topic);
                writer.Object(message.Message);
            },
            reader => new Deliver(reader.Text(), reader.Object()));
        Add("deliver-to-groups", WriteDeliverToGroups, ReadDeliverToGroups);
        Add("publish", WritePublish, ReadPublish);
    }

    private static void WriteAll(MessageWriter writer, AllTopics message)
    {
        writer.Int32(message.Uid);
        writer.Int64(message.Version);
        writer.List(message.Topics, WriteCounts);
    }

    private static void WriteChange(MessageWriter writer, TopicChanged message)
    {
        writer.Int32(message.Uid);
        writer.Int64(message.Version);
        WriteCounts(writer, message.Topic);
    }

    private static void WriteCounts(MessageWriter writer, TopicCounts topic)
    {
        writer.Text(topic.Topic);
        writer.List(
            topic.Groups.ToList(),
            static (writer, group) =>
            {
                writer.Text(group.Key);
                writer.Int32(group.Value);
            });
    }

    private static TopicCounts ReadCounts(MessageReader reader)
    {
        var topic = reader.Text();
        var groups = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var (group, count) in reader.List(static reader => (reader.Text(), reader.Int32())))
        {
            groups[group] = count;
        }

        return new TopicCounts(topic, groups.ToImmutable());
    }

    private static void WriteDeliverToGroups(MessageWriter writer, DeliverToGroups message)
    {
        writer.Text(message.Topic);
        writer.List(message.Groups, static (writer, group) => writer.Text(group));
        writer.Object(message.Message);
    }

    private static DeliverToGroups ReadDeliverToGroups(MessageReader reader) =>
        new(reader.Text(), [.. reader.List(static reader => reader.Text())], reader.Object());

    private static void WritePublish(MessageWriter writer, Publish message)
    {
        writer.Text(message.Topic);
        writer.Boolean(message.SendOneMessageToEachGroup);
        writer.Object(message.Message);
    }

    private static Publish ReadPublish(MessageReader reader)
    {
        var topic = reader.Text();
        var toGroups = reader.Boolean();
        return new Publish(topic, reader.Object(), toGroups);
    }
}
