using Akka.Actor;
using Akka.Event;

namespace TrainingCluster.EngineTests.Wire;

/// <summary>What becomes of messages while the store misbehaves.</summary>
public sealed class WireStoreFaultSpecs : IDisposable
{
    private readonly WireNodes _nodes = new();

    public void Dispose() => _nodes.Dispose();

    [Fact]
    public void A_frame_whose_answer_was_lost_is_delivered_once()
    {
        var disturbed = default(DisturbedStores);
        var here = _nodes.Join(1, disturb: stores => disturbed = new DisturbedStores(stores));
        var there = _nodes.Join(2);
        var listener = here.RefTo(there.Kit.TestActor);
        disturbed!.AnswersToLose = 5;

        for (var i = 0; i < 100; i++)
        {
            listener.Tell(i, ActorRefs.NoSender);
        }

        Assert.Equal(Enumerable.Range(0, 100), there.Kit.ReceiveN(100, WireNodes.Patience).Cast<int>());
        there.Kit.ExpectNoMsg(200);
    }

    [Fact]
    public void A_receiver_whose_deletion_was_lost_delivers_once()
    {
        var disturbed = default(DisturbedStores);
        var here = _nodes.Join(1);
        var there = _nodes.Join(2, disturb: stores => disturbed = new DisturbedStores(stores));
        var listener = here.RefTo(there.Kit.TestActor);
        disturbed!.AnswersToLose = 5;

        for (var i = 0; i < 20; i++)
        {
            listener.Tell(i, ActorRefs.NoSender);
            there.Kit.ExpectMsg(i, WireNodes.Patience);
        }

        there.Kit.ExpectNoMsg(200);
        there.Kit.AwaitCondition(() => _nodes.FramesFor(there) == 0, WireNodes.Patience);
    }

    [Fact]
    public void Messages_wait_in_order_while_the_store_is_away()
    {
        var here = _nodes.Join(1);
        var there = _nodes.Join(2);
        var listener = here.RefTo(there.Kit.TestActor);
        here.Connection.IsCut = true;
        for (var i = 0; i < 100; i++)
        {
            listener.Tell(i, ActorRefs.NoSender);
        }

        there.Kit.ExpectNoMsg(200);
        here.Connection.IsCut = false;

        Assert.Equal(Enumerable.Range(0, 100), there.Kit.ReceiveN(100, WireNodes.Patience).Cast<int>());
    }

    [Fact]
    public void A_receiver_that_lost_the_store_gets_its_messages_when_it_is_back()
    {
        var here = _nodes.Join(1);
        var there = _nodes.Join(2);
        there.Connection.IsCut = true;

        here.RefTo(there.Kit.TestActor).Tell("waiting", ActorRefs.NoSender);
        there.Kit.ExpectNoMsg(200);
        there.Connection.IsCut = false;

        there.Kit.ExpectMsg("waiting", WireNodes.Patience);
    }

    [Fact]
    public void Messages_over_the_buffers_size_become_dead_letters_and_one_warning()
    {
        var here = _nodes.Join(1, "akka-slim.wire.buffer-size = 10");
        var there = _nodes.Join(2);
        var letters = new Akka.TestKit.Xunit2.TestKit(here.System);
        here.System.EventStream.Subscribe(letters.TestActor, typeof(DeadLetter));
        here.System.EventStream.Subscribe(here.Kit.TestActor, typeof(Warning));
        var listener = here.RefTo(there.Kit.TestActor);
        here.Connection.IsCut = true;

        // A frame takes what comes while it is filled: that of the first message is on its way before the others come.
        listener.Tell(0, ActorRefs.NoSender);
        here.Kit.FishForMessage(
            message => ((Warning)message).Message.ToString()!.Contains("did not take them", StringComparison.Ordinal),
            WireNodes.Patience);
        for (var i = 1; i < 100; i++)
        {
            listener.Tell(i, ActorRefs.NoSender);
        }

        var lost = letters.ReceiveWhile(
            TimeSpan.FromMilliseconds(300), message => ((DeadLetter)message).Message).Cast<int>().ToList();
        here.Connection.IsCut = false;
        var arrived = there.Kit.ReceiveN(100 - lost.Count, WireNodes.Patience).Cast<int>().ToList();
        var warnings = here.Kit.ReceiveWhile(
            TimeSpan.FromMilliseconds(300), message => ((Warning)message).Message.ToString()!);

        Assert.Equal(89, lost.Count);
        Assert.Equal(Enumerable.Range(0, 100), arrived.Concat(lost).Order());
        Assert.Equal(arrived.Order(), arrived);
        Assert.Single(warnings, text => text.Contains("10 wait for the store", StringComparison.Ordinal));
    }

    [Fact]
    public void The_queue_opens_once_the_store_is_there()
    {
        var here = _nodes.Start(1, isOpen: false);
        here.Connection.IsCut = true;

        var opening = (Task[])[here.Wire.OpenAsync(), here.Wire.OpenAsync()];
        here.Kit.ExpectNoMsg(200);
        Assert.All(opening, task => Assert.False(task.IsCompleted));
        here.Connection.IsCut = false;

        here.Kit.AwaitCondition(
            () => Array.TrueForAll(opening, task => task.IsCompletedSuccessfully), WireNodes.Patience);
        Assert.True(here.Wire.OpenAsync().IsCompletedSuccessfully);
    }

    // Its row may say that it is a member: it joined again after it had been removed without knowing.
    [Fact]
    public async Task A_node_whose_queue_was_closed_is_told_with_the_first_message_it_sends()
    {
        var here = _nodes.Join(1);
        var there = _nodes.Join(2);
        await here.Connection.Queues.Write(async store =>
        {
            await store.CloseEndpoint(here.Self.Uid);
            return true;
        });
        Assert.False(here.Wire.Lost.IsCompleted);

        here.RefTo(there.Kit.TestActor).Tell("lost", ActorRefs.NoSender);

        await here.Wire.Lost.WaitAsync(WireNodes.Patience);
        there.Kit.ExpectNoMsg(200);
        Assert.False(there.Wire.Lost.IsCompleted);
    }

    [Fact]
    public void A_node_that_cannot_be_told_of_a_watch_is_taken_out()
    {
        var here = _nodes.Join(1);
        var there = _nodes.Join(2);
        here.Connection.IsCut = true;
        var watcher = (IInternalActorRef)here.Kit.TestActor;
        var watched = (IInternalActorRef)here.RefTo(there.Kit.TestActor);

        for (var i = 0; i <= Akka.Wire.Association.SystemMessagesMax + 10_000; i++)
        {
            watched.SendSystemMessage(new Akka.Dispatch.SysMsg.Watch(watched, watcher));
        }

        Assert.Contains(there.Self.Address, here.TakenOut);
    }
}
