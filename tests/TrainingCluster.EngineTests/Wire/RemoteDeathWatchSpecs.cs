using Akka.Actor;
using Akka.Dispatch.SysMsg;
using TrainingCluster.EngineTests.Actors;

namespace TrainingCluster.EngineTests.Wire;

/// <summary>Death watch between nodes.</summary>
public sealed class RemoteDeathWatchSpecs : IDisposable
{
    private readonly WireNodes _nodes = new();
    private readonly WireNode _here;
    private readonly WireNode _there;

    public RemoteDeathWatchSpecs()
    {
        _here = _nodes.Join(1);
        _there = _nodes.Join(2);
    }

    public void Dispose() => _nodes.Dispose();

    [Fact]
    public void One_Terminated_comes_after_all_that_the_dead_remote_actor_had_sent()
    {
        var agent = _there.System.ActorOf(Agent.Props(_there.Kit.TestActor));
        var remote = _here.RefTo(agent);
        var listener = _there.RefTo(_here.Kit.TestActor);
        _here.Kit.Watch(remote);
        _here.Kit.Watch(remote);
        AwaitWatches();

        agent.Tell(new Do(self =>
        {
            for (var i = 0; i < 500; i++)
                listener.Tell(i);
            self.Cell.Stop(self.Self);
        }));

        Assert.Equal(Enumerable.Range(0, 500), _here.Kit.ReceiveN(500, WireNodes.Patience).Cast<int>());
        var terminated = _here.Kit.ExpectTerminated(remote, WireNodes.Patience);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
        _here.Kit.ExpectNoMsg(100);
    }

    [Fact]
    public void Watching_a_remote_actor_that_has_ended_gives_Terminated_without_confirmed_existence()
    {
        var agent = _there.System.ActorOf(Agent.Props(_there.Kit.TestActor), "name");
        var remote = _here.RefTo(agent);
        _here.Kit.Watch(remote);
        _there.System.Stop(agent);
        _here.Kit.ExpectTerminated(remote, WireNodes.Patience);
        _there.Kit.AwaitAssert(() => _there.System.ActorOf(Agent.Props(_there.Kit.TestActor), "name"));

        _here.Kit.Watch(remote);

        Assert.False(_here.Kit.ExpectTerminated(remote, WireNodes.Patience).ExistenceConfirmed);
    }

    [Fact]
    public void A_watch_without_uid_ends_with_the_actor_that_has_the_name()
    {
        var agent = _there.System.ActorOf(Agent.Props(_there.Kit.TestActor), "name");
        var remote = _here.System.Provider.ResolveActorRef(_there.Self.Address + "/user/name");
        _here.Kit.Watch(remote);
        AwaitWatches();

        _there.System.Stop(agent);

        Assert.True(_here.Kit.ExpectTerminated(remote, WireNodes.Patience).ExistenceConfirmed);
    }

    [Fact]
    public void After_Unwatch_no_Terminated_comes()
    {
        var agent = _there.System.ActorOf(Agent.Props(_there.Kit.TestActor));
        var remote = _here.RefTo(agent);
        _here.Kit.Watch(remote);
        _here.Kit.Unwatch(remote);

        agent.Tell(new Do(self => self.Cell.Stop(self.Self)));
        _there.RefTo(_here.Kit.TestActor).Tell("after", ActorRefs.NoSender);

        _here.Kit.ExpectMsg("after", WireNodes.Patience);
        _here.Kit.ExpectNoMsg(200);
    }

    [Fact]
    public void Watchers_of_a_removed_node_get_one_Terminated_for_each_of_its_actors()
    {
        var first = _here.RefTo(_there.System.ActorOf(Agent.Props(_there.Kit.TestActor)));
        var second = _here.RefTo(_there.System.ActorOf(Agent.Props(_there.Kit.TestActor)));
        _here.Kit.Watch(first);
        _here.Kit.Watch(second);

        _nodes.Remove(_there);

        var ended = _here.Kit.ReceiveN(2, WireNodes.Patience).Cast<Terminated>().ToList();
        Assert.Equal(new[] { first, second }.Order(), ended.Select(message => message.ActorRef).Order());
        Assert.All(ended, message => Assert.True(
            message is { AddressTerminated: true, ExistenceConfirmed: false }));
        _here.Kit.ExpectNoMsg(200);
    }

    [Fact]
    public void Watching_an_address_where_nobody_joins_gives_Terminated()
    {
        var stranger = _here.System.Provider.ResolveActorRef("akka.tcp://test@localhost:99/user/somebody#5");

        _here.Kit.Watch(stranger);

        Assert.True(_here.Kit.ExpectTerminated(stranger, WireNodes.Patience).AddressTerminated);
    }

    [Fact]
    public void A_watched_actor_forgets_the_watchers_of_a_removed_node()
    {
        var watched = new Recorder(_here);
        _there.Kit.Watch(_there.RefTo(watched));
        watched.Await<Watch>();

        _nodes.Remove(_there);

        watched.Await<Unwatch>();
        var (watch, unwatch) = ((Watch)watched.Messages[0], (Unwatch)watched.Messages[1]);
        Assert.Equal(watch.Watcher, unwatch.Watcher);
    }

    [Fact]
    public void A_watcher_that_ends_is_forgotten_by_the_watched()
    {
        var watched = new Recorder(_here);
        var watcher = _there.System.ActorOf(Agent.Props(_there.Kit.TestActor));
        watcher.Tell(new Do(self => self.Cell.Watch(_there.RefTo(watched))));
        watched.Await<Watch>();

        _there.System.Stop(watcher);

        watched.Await<Unwatch>();
    }

    [Fact]
    public void After_lost_frames_watches_are_set_again()
    {
        var agent = _there.System.ActorOf(Agent.Props(_there.Kit.TestActor));
        var remote = _here.RefTo(agent);
        _here.Kit.Watch(remote);
        AwaitWatches();
        _here.Connection.IsCut = true;
        _there.System.Stop(agent);
        _here.Kit.AwaitCondition(() => _nodes.FramesFor(_here) > 0, WireNodes.Patience);

        _nodes.LoseFramesFor(_here);
        _here.Connection.IsCut = false;
        _there.RefTo(_here.Kit.TestActor).Tell("after the loss", ActorRefs.NoSender);

        _here.Kit.ExpectMsg("after the loss", WireNodes.Patience);
        _here.Kit.ExpectTerminated(remote, WireNodes.Patience);
    }

    /// <summary>Until what was said so far has come there.</summary>
    private void AwaitWatches()
    {
        _here.RefTo(_there.Kit.TestActor).Tell("after the watch", ActorRefs.NoSender);
        _there.Kit.FishForMessage(message => message is "after the watch", WireNodes.Patience);
    }

    /// <summary>Stands for an actor, under a temporary path, and keeps what its cell would be told.</summary>
    private sealed class Recorder : MinimalActorRef
    {
        private readonly WireNode _node;
        private readonly LocalActorRefProvider _provider;
        private readonly List<SystemMessage> _messages = [];

        public Recorder(WireNode node)
        {
            _node = node;
            _provider = (LocalActorRefProvider)node.System.Provider;
            Path = _provider.TempPath();
            _provider.RegisterTempActor(this, Path);
        }

        public IReadOnlyList<SystemMessage> Messages
        {
            get
            {
                lock (_messages)
                {
                    return [.. _messages];
                }
            }
        }

        public void Await<T>() =>
            _node.Kit.AwaitCondition(() => Messages.Any(message => message is T), WireNodes.Patience);

        public override ActorPath Path { get; }

        public override IActorRefProvider Provider => _provider;

        public override void SendSystemMessage(SystemMessage message)
        {
            lock (_messages)
            {
                _messages.Add(message);
            }
        }
    }
}
