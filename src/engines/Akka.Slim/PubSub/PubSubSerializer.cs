using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using static Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>
/// What mediators send each other, and what may be sent to one of another node. A manifest never changes its
/// meaning; new parts are added at the end.
/// </summary>
internal sealed class PubSubSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string AllTopicsName = "A";
    private const string TopicChangedName = "B";
    private const string TopicsVersionName = "V";
    private const string GetAllTopicsName = "Q";
    private const string DeliverName = "C";
    private const string DeliverToGroupsName = "D";
    private const string PublishName = "E";

    public override int Identifier => 9;

    public override string Manifest(object o) => o switch
    {
        AllTopics => AllTopicsName,
        TopicChanged => TopicChangedName,
        TopicsVersion => TopicsVersionName,
        GetAllTopics => GetAllTopicsName,
        Deliver => DeliverName,
        DeliverToGroups => DeliverToGroupsName,
        Publish => PublishName,
        _ => throw new SerializationException($"{o.GetType()} is no message of mediators."),
    };

    public override byte[] ToBinary(object obj)
    {
        var writer = new ProtocolWriter(system);
        return (obj switch
        {
            AllTopics all => writer.Number(all.Uid).Number(all.Version).List(all.Topics, Write),
            TopicChanged change => Changed(writer.Number(change.Uid).Number(change.Version), change.Topic),
            TopicsVersion version => writer.Number(version.Uid).Number(version.Version),
            GetAllTopics => writer,
            Deliver deliver => writer.Text(deliver.Topic).Payload(deliver.Message),
            DeliverToGroups deliver => writer.Text(deliver.Topic).Texts(deliver.Groups)
                .Payload(deliver.Message),
            Publish publish => writer.Text(publish.Topic).Flag(publish.SendOneMessageToEachGroup)
                .Payload(publish.Message),
            _ => throw new SerializationException($"{obj.GetType()} is no message of mediators."),
        }).ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new ProtocolReader(system, bytes);
        switch (manifest)
        {
            case AllTopicsName:
                return new AllTopics((int)reader.Number(), reader.Number(), reader.List(Read));
            case TopicChangedName:
                return new TopicChanged((int)reader.Number(), reader.Number(), Read(reader));
            case TopicsVersionName:
                return new TopicsVersion((int)reader.Number(), reader.Number());
            case GetAllTopicsName:
                return new GetAllTopics();
            case DeliverName:
                return new Deliver(reader.Text(), reader.Payload());
            case DeliverToGroupsName:
                return new DeliverToGroups(reader.Text(), reader.Texts(), reader.Payload());
            case PublishName:
                var topic = reader.Text();
                var toGroups = reader.Flag();
                return new Publish(topic, reader.Payload(), toGroups);
            default:
                throw new SerializationException($"\"{manifest}\" is no message of mediators.");
        }
    }

    private static ProtocolWriter Changed(ProtocolWriter writer, TopicCounts topic)
    {
        Write(writer, topic);
        return writer;
    }

    private static void Write(ProtocolWriter writer, TopicCounts topic) => writer.Text(topic.Topic).List(
        [.. topic.Groups], static (writer, group) => writer.Text(group.Key).Number(group.Value));

    private static TopicCounts Read(ProtocolReader reader) => new(
        reader.Text(),
        reader.List(static reader => KeyValuePair.Create(reader.Text(), (int)reader.Number()))
            .ToImmutableSortedDictionary(StringComparer.Ordinal));
}
