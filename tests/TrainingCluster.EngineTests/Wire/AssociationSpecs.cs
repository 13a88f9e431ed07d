using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.TestKit.Xunit2;
using Akka.Wire;

namespace TrainingCluster.EngineTests.Wire;

public sealed class AssociationSpecs : TestKit
{
    private static readonly Address There = new("akka.tcp", "test", "localhost", 2);

    private readonly Association _association = new(There, bufferSize: 3);
    private readonly RemoteActorRef _remote;

    public AssociationSpecs()
    {
        using var nodes = new WireNodes();
        _remote = (RemoteActorRef)nodes.Start(1).System.Provider.ResolveActorRef(There + "/user/a#1");
    }

    [Fact]
    public void System_messages_wait_beyond_the_bound_of_the_others()
    {
        var watcher = (IInternalActorRef)TestActor;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(OfferResult.Accepted, Offer(i));
        }

        Assert.Equal(OfferResult.Full, Offer(3));
        Assert.Equal(OfferResult.Accepted, Offer(new Watch(_remote, watcher)));
        Assert.True(_association.TryTake(out _));
        Assert.Equal(OfferResult.Accepted, Offer(4));
        Assert.Equal(OfferResult.Full, Offer(5));
        Assert.Equal([(_remote, watcher)], _association.Ours());
    }

    [Fact]
    public void The_sender_is_woken_once_until_it_finds_nothing_more()
    {
        Offer(1);
        ExpectNoMsg(50);

        _association.Bind(new UniqueAddress(There, 1), TestActor);
        Offer(2);
        ExpectMsg<FrameSender.Flush>();
        ExpectNoMsg(50);
        while (_association.TryTake(out _))
        {
        }

        Offer(3);
        ExpectMsg<FrameSender.Flush>();
    }

    [Fact]
    public void A_refusal_keeps_the_watches_and_an_end_gives_them_back()
    {
        var watcher = (IInternalActorRef)TestActor;
        Offer("waiting");

        var waiting = _association.Refuse();
        var refused = Offer(new Watch(_remote, watcher));
        var (_, watches) = _association.Close();

        Assert.Equal("waiting", Assert.Single(waiting).Message);
        Assert.Equal(OfferResult.Refused, refused);
        Assert.Equal((_remote, watcher), Assert.Single(watches.Ours));
        Assert.Equal(OfferResult.Closed, Offer("late"));
        Assert.False(_association.AddTheirs(watcher, _remote));
    }

    private OfferResult Offer(object message) => _association.Offer(new Outgoing(_remote, message, null));
}
