using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using TrainingCluster.EngineTests.Persistence;
using static Akka.Cluster.Tools.PublishSubscribe.MediatorProtocol;

namespace TrainingCluster.EngineTests.Cluster;

public sealed class PubSubNodesSpecs : IDisposable
{
    private readonly NodesHarness _harness = new();

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task What_is_published_on_any_node_reaches_each_subscriber_on_all_nodes_once()
    {
        var nodes = Nodes("a", "b", "c");
        await Subscribe(nodes[0], "news");
        await Subscribe(nodes[1], "news");
        await AwaitTopic(nodes, "news", nodes[0], nodes[1]);

        Mediator(nodes[2]).Tell(new Publish("news", "1"));
        Assert.Equal(["a got 1", "b got 1"], Lines(2));
        Mediator(nodes[0]).Tell(new Publish("news", "2"));

        Assert.Equal(["a got 2", "b got 2"], Lines(2));
        Transcript.ExpectNothingMore();
    }

    [Fact]
    public async Task Of_each_group_one_subscriber_in_the_cluster_gets_the_message_in_turn()
    {
        var nodes = Nodes("a", "b");
        await Subscribe(nodes[0], "work", "group");
        await Subscribe(nodes[1], "work", "group");
        await AwaitTopic(nodes, "work", nodes[0], nodes[1]);

        foreach (var number in Enumerable.Range(1, 4))
        {
            Mediator(nodes[0]).Tell(new Publish("work", number, sendOneMessageToEachGroup: true));
        }

        Assert.Equal(["a got 1", "a got 3", "b got 2", "b got 4"], Lines(4));
        Mediator(nodes[0]).Tell(new Publish("work", "to those without a group"));
        Transcript.ExpectNothingMore();
    }

    [Fact]
    public async Task A_newcomer_learns_the_topics_and_a_node_that_left_is_forgotten()
    {
        var a = Nodes("a")[0];
        await Subscribe(a, "news");

        var b = Nodes("b")[0];
        await AwaitTopic([b], "news", a);
        Mediator(b).Tell(new Publish("news", "1"));
        Transcript.Expect("a got 1");
        await a.Cluster.LeaveAsync().WaitAsync(NodesHarness.Patience);
        Transcript.Expect("a stopped");
        b.AwaitSees(a, null);

        await AwaitTopic([b], "news");
    }

    [Fact]
    public void Late_news_of_topics_undo_nothing_and_missing_ones_are_noticed()
    {
        var known = RemoteTopics.Unknown.With(new AllTopics(1, 5, [Counts("a", 1)]));

        Assert.Same(known, known.With(new AllTopics(1, 4, [])));
        Assert.Same(known, known.With(new TopicChanged(1, 5, Counts("a", 0))));
        Assert.Null(known.With(new TopicChanged(1, 7, Counts("b", 1))));
        var next = known.With(new TopicChanged(1, 6, Counts("b", 2)))!;
        Assert.Equal(2, next.Count("b", ""));
        Assert.Equal(["b"], next.With(new TopicChanged(1, 7, Counts("a", 0)))!.Topics.Keys);
    }

    private static TopicCounts Counts(string topic, int count) => new(
        topic,
        count == 0
            ? ImmutableSortedDictionary<string, int>.Empty
            : ImmutableSortedDictionary<string, int>.Empty.Add("", count));

    private static IActorRef Mediator(NodesHarness.Node node) => DistributedPubSub.Get(node.System).Mediator;

    /// <summary>All the nodes know that these have subscribers, and no others.</summary>
    private static async Task AwaitTopic(
        IEnumerable<NodesHarness.Node> nodes, string topic, params NodesHarness.Node[] with)
    {
        var expected = with.Select(node => node.Cluster.SelfUniqueAddress.Uid).Order().ToList();
        foreach (var node in nodes)
        {
            var until = DateTime.UtcNow + NodesHarness.Patience;
            while (!expected.SequenceEqual((await Mediator(node).Ask<NodesWithTopic>(
                new GetNodesWithTopic(topic), NodesHarness.Patience)).Uids))
            {
                Assert.True(DateTime.UtcNow < until, $"{node.Name} does not know who wants {topic}.");
            }
        }
    }

    private List<NodesHarness.Node> Nodes(params string[] names) => [.. names.Select(name =>
    {
        var node = _harness.Start(name);
        _ = Mediator(node);
        return node;
    })];

    private async Task Subscribe(NodesHarness.Node node, string topic, string? group = null)
    {
        var subscriber = node.System.ActorOf(TellingActor.Props(node.Name, Transcript));
        Transcript.Expect($"{node.Name} started");
        await Mediator(node).Ask<SubscribeAck>(new Subscribe(topic, subscriber, group), NodesHarness.Patience);
    }

    private IEnumerable<string> Lines(int count) =>
        Enumerable.Range(0, count).Select(_ => Transcript.Next()).Order().ToList();
}
