using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.PublishSubscribe;
using TrainingCluster.EngineTests.Simulation.Checks;
using TrainingCluster.EngineTests.Simulation.Time;
using TrainingCluster.EngineTests.Simulation.Workload;

namespace TrainingCluster.EngineTests.Simulation.World;

/// <param name="Seed">Which world.</param>
/// <param name="Hash">Of all that happened.</param>
/// <param name="VirtualTime">How long the world lived.</param>
/// <param name="Failure">Why it failed; null where all rules held.</param>
/// <param name="Counters">What happened how often.</param>
internal sealed record SimResult(
    int Seed, ulong Hash, TimeSpan VirtualTime, Exception? Failure, SimCounters Counters);

/// <summary>One world from its beginning to its end.</summary>
internal static class SimRun
{
    private const int StackSize = 16 * 1024 * 1024;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(12);

    /// <summary>Runs on a thread of its own, which no synchronisation context or scheduler shares.</summary>
    public static SimResult Execute(int seed, SimOptions options)
    {
        SimResult? result = null;
        var thread = new Thread(() => result = ExecuteHere(seed, options), StackSize) { Name = $"seed {seed}" };
        using (ExecutionContext.SuppressFlow())
        {
            thread.Start();
        }

        thread.Join();
        return result!;
    }

    private static SimResult ExecuteHere(int seed, SimOptions options)
    {
        var world = new SimWorld(seed, options);
        Exception? failure;
        try
        {
            failure = Live(world, options);
        }
        catch (Exception cause)
        {
            failure = cause;
        }

        foreach (var node in world.Living)
        {
            node.Host.Kill();
        }

        Count(world);
        return new SimResult(
            seed, world.Loop.Trace.Hash, TimeSpan.FromTicks(world.Loop.Now), failure, world.Counters);
    }

    private static Exception? Live(SimWorld world, SimOptions options)
    {
        var loop = world.Loop;
        foreach (var place in world.Places)
        {
            loop.Post(null, TimeSpan.FromSeconds(loop.Order.NextDouble() * 3), () => world.StartNode(place));
        }

        loop.RunUntil(Quiet.Ticks);
        world.Faults.Begin(options.Trouble);
        loop.RunUntil((Quiet + options.Trouble).Ticks);
        world.WantsJobs = false;
        return loop.Failure ?? Recover(world, options);
    }

    /// <summary>Nothing is wrong any more: it must become whole by itself.</summary>
    private static Exception? Recover(SimWorld world, SimOptions options)
    {
        var deadline = world.Loop.Now + options.Recovery.Ticks;
        var tidings = 0L;
        string? missing;
        while ((missing = WholeCheck.WhatIsMissing(world)) is not null && world.Loop.Now < deadline)
        {
            Publish(world, ++tidings);
            world.Loop.RunUntil(world.Loop.Now + TimeSpan.FromSeconds(1).Ticks);
            if (world.Loop.Failure is not null)
            {
                return world.Loop.Failure;
            }
        }

        return missing is null ? null : new ViolationException(
            $"After {options.Recovery.TotalSeconds} s without faults the cluster is not whole: {missing}");
    }

    private static void Publish(SimWorld world, long number)
    {
        if (world.Living.FirstOrDefault(static node => node.System is not null) is { } first)
        {
            world.Loop.Post(first.Host, TimeSpan.Zero, () => first.Mediator.Tell(
                new Publish(Listener.Topic, new Tidings(number)), ActorRefs.NoSender));
        }
    }

    private static void Count(SimWorld world)
    {
        var (counters, store) = (world.Counters, world.Store.Counters);
        counters.Add("virtual seconds", world.Loop.Now / TimeSpan.TicksPerSecond);
        counters.Add("events of the loop", world.Loop.Executed);
        counters.Add("nodes", world.Places.Count);
        counters.Add("incarnations", world.Nodes.Count);
        counters.Add("jobs", world.Jobs.Count);
        counters.Add("jobs completed", world.Jobs.CompletedCount);
        counters.Add("take-overs", world.Alone.TakeOvers);
        counters.Add("commits", store.Commits);
        counters.Add("commit answers lost", store.LostCommitAnswers);
        counters.Add("transactions failed", store.Failures);
        counters.Add("transactions timed out", store.TimeOuts);
        counters.Add("lock waits", store.LockWaits);
        counters.Add("deadlocks", store.Deadlocks);
        counters.Add("fenced writes", store.FencedWrites);
    }
}
