using System.Collections.Concurrent;
using Akka;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit.Xunit2;

namespace TrainingCluster.EngineTests.Actors;

public sealed class CoordinatedShutdownSpecs : TestKit
{
    private readonly ConcurrentQueue<string> _ran = new();

    [Fact]
    public async Task Terminate_runs_the_phases_in_order_and_ends_the_system()
    {
        var system = NewSystem();
        var shutdown = CoordinatedShutdown.Get(system);
        Add(shutdown, CoordinatedShutdown.PhaseClusterLeave);
        Add(shutdown, CoordinatedShutdown.PhaseBeforeServiceUnbind);
        Add(shutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate);
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop);

        await system.Terminate();

        Assert.Equal(
            ["before-service-unbind", "service-stop", "cluster-leave", "before-actor-system-terminate"],
            _ran);
        Assert.IsType<CoordinatedShutdown.ActorSystemTerminateReason>(shutdown.ShutdownReason);
    }

    [Fact]
    public void The_phases_have_the_documented_timeouts()
    {
        var shutdown = CoordinatedShutdown.Get(Sys);

        Assert.Equal(TimeSpan.FromSeconds(5), shutdown.Timeout(CoordinatedShutdown.PhaseServiceStop));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.Timeout(
            CoordinatedShutdown.PhaseClusterShardingShutdownRegion));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.Timeout(CoordinatedShutdown.PhaseClusterExiting));
        Assert.Equal(
            TimeSpan.FromSeconds(10), shutdown.Timeout(CoordinatedShutdown.PhaseActorSystemTerminate));
    }

    [Fact]
    public void The_total_timeout_is_that_of_the_phases_that_have_tasks()
    {
        var shutdown = CoordinatedShutdown.Get(Sys);

        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "one", () => Task.FromResult(Done.Instance));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "two", () => Task.FromResult(Done.Instance));

        // The system's own task, the termination, has 10 s.
        Assert.Equal(TimeSpan.FromSeconds(15), shutdown.TotalTimeout);
    }

    [Fact]
    public async Task Tasks_of_a_phase_run_side_by_side()
    {
        var system = NewSystem();
        var shutdown = CoordinatedShutdown.Get(system);
        var first = new TaskCompletionSource<Done>();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "waits for the other", () => first.Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "other", () =>
        {
            first.SetResult(Done.Instance);
            return Task.FromResult(Done.Instance);
        });

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(TimeSpan.FromSeconds(4));

        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task Failed_and_late_tasks_do_not_stop_the_shutdown()
    {
        var system = NewSystem("akka.coordinated-shutdown.phases.service-stop.timeout = 50ms");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => throw new BoomException());
        shutdown.AddTask(
            CoordinatedShutdown.PhaseServiceStop, "never ends", () => new TaskCompletionSource<Done>().Task);
        Add(shutdown, CoordinatedShutdown.PhaseClusterShutdown);

        await system.Terminate().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(["cluster-shutdown"], _ran);
    }

    [Fact]
    public async Task A_phase_that_may_not_recover_ends_the_shutdown()
    {
        var system = NewSystem("akka.coordinated-shutdown.phases.service-unbind.recover = off");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => throw new BoomException());
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop);

        await Assert.ThrowsAsync<BoomException>(
            () => shutdown.Run(CoordinatedShutdown.UnknownReason.Instance));

        Assert.Empty(_ran);
        ((ExtendedActorSystem)system).Abort();
    }

    [Fact]
    public async Task Running_again_gives_the_first_run()
    {
        var system = NewSystem();
        var shutdown = CoordinatedShutdown.Get(system);
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop);

        var first = shutdown.Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
        var second = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        await first;

        Assert.Same(first, second);
        Assert.Single(_ran);
        Assert.Same(CoordinatedShutdown.ClusterLeavingReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task A_run_from_a_phase_leaves_out_those_before()
    {
        var system = NewSystem();
        var shutdown = CoordinatedShutdown.Get(system);
        Add(shutdown, CoordinatedShutdown.PhaseServiceUnbind);
        Add(shutdown, CoordinatedShutdown.PhaseClusterShutdown);

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.PhaseServiceStop);

        Assert.Equal(["cluster-shutdown"], _ran);
    }

    [Fact]
    public void Phases_in_a_circle_are_refused()
    {
        var thrown = Assert.Throws<ConfigurationException>(() => NewSystem(
            "akka.coordinated-shutdown.phases.before-service-unbind.depends-on = [service-stop]"));

        Assert.Contains("circle", thrown.Message);
    }

    [Fact]
    public async Task User_actors_stop_before_system_actors_and_callbacks_come_last()
    {
        var system = NewSystem();
        system.ActorOf(Props.Create(() => new Farewell(_ran, "user")));
        ((ExtendedActorSystem)system).SystemActorOf(Props.Create(() => new Farewell(_ran, "system")));
        system.RegisterOnTermination(() => _ran.Enqueue("callback"));

        await system.Terminate();

        Assert.Equal(["user", "system", "callback"], _ran);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task The_process_exits_after_the_last_phase_with_the_code_of_the_reason(bool downed, int code)
    {
        var exited = new TaskCompletionSource<int>();
        var system = NewSystem("akka.coordinated-shutdown.exit-clr = on", exited.SetResult);

        await CoordinatedShutdown.Get(system).Run(downed
            ? CoordinatedShutdown.ClusterDowningReason.Instance
            : CoordinatedShutdown.ActorSystemTerminateReason.Instance);

        Assert.Equal(code, await exited.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task A_termination_signal_runs_all_phases_and_then_ends_the_process()
    {
        var exited = new TaskCompletionSource<int>();
        var system = NewSystem("", exited.SetResult);
        var shutdown = CoordinatedShutdown.Get(system);
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop);

        shutdown.OnTerminationSignal();

        Assert.Equal(143, await exited.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(["service-stop"], _ran);
        Assert.IsType<CoordinatedShutdown.ClrExitReason>(shutdown.ShutdownReason);
    }

    [Fact]
    public async Task A_process_that_is_not_told_to_exit_goes_on()
    {
        var exited = false;
        var system = NewSystem("", _ => exited = true);

        await system.Terminate();

        Assert.False(exited);
    }

    [Fact]
    public void A_shutdown_that_would_never_end_the_system_is_refused()
    {
        var error = Assert.Throws<ConfigurationException>(
            () => NewSystem("akka.coordinated-shutdown.terminate-actor-system = off"));

        Assert.Contains("run-by-actor-system-terminate", error.Message);
    }

    private static ActorSystem NewSystem(string config, Action<int> exit) => ActorSystem.Create(
        "shutdown",
        ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(
                ConfigurationFactory.ParseString(config).WithFallback(DefaultConfig)),
            new EngineSetup { Exit = exit }));

    private static ActorSystem NewSystem(string config = "") => ActorSystem.Create(
        "shutdown", ConfigurationFactory.ParseString(config).WithFallback(DefaultConfig));

    private void Add(CoordinatedShutdown shutdown, string phase) => shutdown.AddTask(phase, "record", () =>
    {
        _ran.Enqueue(phase);
        return Task.FromResult(Done.Instance);
    });

    private sealed class Farewell(ConcurrentQueue<string> ran, string name) : UntypedActor
    {
        protected override void PostStop() => ran.Enqueue(name);

        protected override void OnReceive(object message)
        {
        }
    }
}
