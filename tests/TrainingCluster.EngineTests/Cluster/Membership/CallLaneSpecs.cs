using Akka.Actor;
using Akka.Cluster.Membership;

namespace TrainingCluster.EngineTests.Cluster.Membership;

/// <summary>Calls to a store that may be slow or hang.</summary>
public sealed class CallLaneSpecs
{
    private readonly VirtualCluster _world = new();
    private readonly List<string> _heard = [];
    private readonly IActorRef _owner;

    public CallLaneSpecs()
    {
        var system = _world.Start(1).System;
        var clock = ((ActorSystemImpl)system).Time;
        _owner = system.ActorOf(Props.Create(() => new Owner(clock, _heard)));
    }

    [Fact]
    public void An_answer_in_time_is_heard_with_the_moment_before_the_question()
    {
        var call = Ask();
        _world.Run(0.5);
        call.SetResult("yes");
        _world.Run(0.1);

        Assert.Equal(["yes asked 0.5 s ago"], _heard);
    }

    [Fact]
    public void A_failure_is_heard()
    {
        Ask().SetException(new InvalidOperationException("no"));
        _world.Run(0.1);

        Assert.Equal(["no"], _heard);
    }

    [Fact]
    public void A_late_answer_is_a_failure_and_is_not_heard_again()
    {
        var call = Ask();
        _world.Run(1.1);
        Assert.Equal(["It did not answer within 1 s."], _heard);

        call.SetResult("yes");
        _world.Run(1);

        Assert.Single(_heard);
    }

    [Fact]
    public void An_answer_found_after_a_freeze_is_late_though_no_timer_has_run()
    {
        var call = Ask();
        _world.Run(0.1);
        _world.Nodes[0].Host.Pause(TimeSpan.FromSeconds(20));
        call.SetResult("yes");
        _world.Run(21);

        Assert.Equal(["It did not answer within 1 s."], _heard);
    }

    [Fact]
    public void A_late_answer_of_one_call_is_not_taken_for_that_of_the_next()
    {
        var first = Ask();
        _world.Run(5);
        var second = Ask();
        first.SetResult("first");
        _world.Run(0.1);
        second.SetResult("second");
        _world.Run(0.1);

        Assert.Equal(["It did not answer within 1 s.", "second asked 0.1 s ago"], _heard);
    }

    [Fact]
    public void A_call_that_hangs_holds_the_next_up_for_four_limits_only()
    {
        Ask();
        _world.Run(1.1);
        Assert.False(CanAsk());
        _world.Run(2.7);
        Assert.False(CanAsk());

        _world.Run(0.5);

        Assert.True(CanAsk());
    }

    private TaskCompletionSource<string> Ask()
    {
        var call = new TaskCompletionSource<string>();
        _owner.Tell(call);
        _world.Run(0.02);
        return call;
    }

    private bool CanAsk()
    {
        var count = _heard.Count;
        _owner.Tell("can start?");
        _world.Run(0.05);
        var answer = _heard[count];
        _heard.RemoveAt(count);
        return answer == "True";
    }

    private sealed class Owner(TimeProvider clock, List<string> heard) : UntypedActor, IWithTimers
    {
        private CallLane _lane = null!;

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => _lane = new CallLane(clock, Self, Timers);

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case TaskCompletionSource<string> call:
                    _lane.Start(
                        TimeSpan.FromSeconds(1),
                        () => call.Task,
                        Answered,
                        cause => heard.Add(cause.Message));
                    break;
                case CallEnded ended:
                    ended.Continue();
                    break;
                default:
                    heard.Add(_lane.CanStart.ToString());
                    break;
            }
        }

        private void Answered(Answer<string> answer) => heard.Add(
            $"{answer.Value} asked {clock.GetElapsedTime(answer.Asked, answer.Answered).TotalSeconds:0.0} s ago");
    }
}
