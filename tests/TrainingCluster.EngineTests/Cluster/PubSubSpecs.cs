using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using TrainingCluster.EngineTests.Persistence;

namespace TrainingCluster.EngineTests.Cluster;

public sealed class PubSubSpecs : IDisposable
{
    private readonly ClusterHarness _harness = new();

    private Transcript Transcript => _harness.Transcript;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Subscribers_of_a_topic_get_what_is_published_until_they_unsubscribe()
    {
        var system = _harness.StartJoined();
        var mediator = DistributedPubSub.Get(system).Mediator;
        var one = system.ActorOf(TellingActor.Props("one", Transcript));
        Transcript.Expect("one started");

        await mediator.Ask<SubscribeAck>(new Subscribe("news", one), ClusterHarness.Patience);
        mediator.Tell(new Publish("news", "a"));
        mediator.Tell(new Publish("other", "b"));
        Transcript.Expect("one got a");
        await mediator.Ask<UnsubscribeAck>(new Unsubscribe("news", one), ClusterHarness.Patience);
        mediator.Tell(new Publish("news", "c"));
        var topics = await mediator.Ask<CurrentTopics>(GetTopics.Instance, ClusterHarness.Patience);

        Assert.Empty(topics.Topics);
        Transcript.ExpectNothingMore();
    }

    [Fact]
    public async Task A_stopped_subscriber_is_forgotten()
    {
        var system = _harness.StartJoined();
        var mediator = DistributedPubSub.Get(system).Mediator;
        var one = system.ActorOf(TellingActor.Props("one", Transcript));
        await mediator.Ask<SubscribeAck>(new Subscribe("news", one), ClusterHarness.Patience);

        await one.GracefulStop(ClusterHarness.Patience);

        Assert.True(SpinWait.SpinUntil(
            () => mediator.Ask<CurrentTopics>(GetTopics.Instance).Result.Topics.Count == 0,
            ClusterHarness.Patience));
    }

    [Fact]
    public async Task Of_each_group_one_subscriber_at_a_time_gets_the_message_in_turn()
    {
        var system = _harness.StartJoined();
        var mediator = DistributedPubSub.Get(system).Mediator;
        foreach (var name in (string[])["one", "two"])
        {
            var actor = system.ActorOf(TellingActor.Props(name, Transcript));
            Transcript.Expect($"{name} started");
            await mediator.Ask<SubscribeAck>(new Subscribe("work", actor, "group"), ClusterHarness.Patience);
        }

        foreach (var number in Enumerable.Range(1, 3))
        {
            mediator.Tell(new Publish("work", number, sendOneMessageToEachGroup: true));
        }

        var lines = Enumerable.Range(0, 3).Select(_ => Transcript.Next()).Order().ToList();
        Assert.Equal(["one got 1", "one got 3", "two got 2"], lines);
    }
}
