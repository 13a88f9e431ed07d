using System.Diagnostics;
using System.Globalization;
using Akka.Actor;

namespace TrainingCluster.Bench.Actors;

/// <summary>
/// Messages between two processes over a shared store: this one, and one that it starts from its own program.
/// </summary>
internal static class WireBench
{
    /// <summary>The program's first argument in the other process.</summary>
    public const string PeerVerb = "wire-peer";

    private const int Sent = 40_000;
    private const int Window = 5_000;
    private const int RoundTrips = 300;
    private const double Percentile = 0.99;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="name">Goes into the figures' names.</param>
    /// <param name="provider">As <c>provider-name</c> takes it.</param>
    /// <param name="connectionString">Of an empty store.</param>
    /// <param name="rateTarget">Messages a second, one way.</param>
    /// <param name="askTarget">Milliseconds of the 99th percentile of idle round trips.</param>
    public static IEnumerable<Measurement> Run(
        string name, string provider, string connectionString, double rateTarget, double askTarget)
    {
        using var system = Start(provider, connectionString, port: 4001);
        using var peer = Process.Start(
            Environment.ProcessPath!, [PeerVerb, provider, connectionString])!;
        try
        {
            var target = Find(system);
            yield return Measurement.Rate($"wire.{name}.one_way", "messages/s", Sent, rateTarget, () =>
                SendAll(system, target));
            yield return Measurement.Figures($"wire.{name}.ask_p99", "ms", askTarget, () => AskPercentile(target));
        }
        finally
        {
            peer.Kill();
            peer.WaitForExit();
            system.Terminate().Wait();
        }
    }

    /// <summary>The other process: answers until it is killed.</summary>
    public static void RunPeer(string provider, string connectionString)
    {
        using var system = Start(provider, connectionString, port: 4002);
        system.ActorOf(Props.Create(() => new Target()), "target");
        system.WhenTerminated.Wait();
    }

    private static ActorSystem Start(string provider, string connectionString, int port)
    {
        var system = ActorSystem.Create("bench", string.Create(CultureInfo.InvariantCulture, $$"""
            akka.loglevel = WARNING
            akka.stdout-loglevel = WARNING
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = {{port}} }
            akka.cluster.seed-nodes = ["akka.tcp://bench@127.0.0.1:{{port}}"]
            akka-slim.store { provider-name = "{{provider}}", connection-string = "{{connectionString}}" }
            """));
        Akka.Cluster.Cluster.Get(system);
        return system;
    }

    /// <summary>The target, as soon as the other node is there.</summary>
    private static IActorRef Find(ActorSystem system)
    {
        var selection = system.ActorSelection("akka.tcp://bench@127.0.0.1:4002/user/target");
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience)
        {
            try
            {
                return selection.ResolveOne(TimeSpan.FromSeconds(1)).Result;
            }
            catch (AggregateException)
            {
                // Not there yet.
            }
        }

        throw new InvalidOperationException($"the other process did not answer within {Patience}");
    }

    private static void SendAll(ActorSystem system, IActorRef target)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sender = system.ActorOf(Props.Create(() => new Sender(target, done)));
        if (!done.Task.Wait(Patience))
        {
            throw new InvalidOperationException($"{Sent} messages did not arrive within {Patience}");
        }

        sender.GracefulStop(Patience).Wait();
    }

    /// <summary>One at a time with pauses between, as when nothing else goes on.</summary>
    private static double AskPercentile(IActorRef target)
    {
        var times = new double[RoundTrips];
        for (var i = 0; i < RoundTrips; i++)
        {
            var started = Stopwatch.GetTimestamp();
            target.Ask<string>("echo", Patience).Wait();
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            Task.Delay(Pause).Wait();
        }

        Array.Sort(times);
        return times[(int)(RoundTrips * Percentile)];
    }

    /// <summary>Keeps a window of messages under way; the receiver tells of every thousandth.</summary>
    private sealed class Sender(IActorRef target, TaskCompletionSource done) : UntypedActor
    {
        private int _sent;

        protected override void PreStart() => SendTo(Window);

        protected override void OnReceive(object message)
        {
            var arrived = (int)message;
            if (arrived == Sent)
            {
                done.SetResult();
            }
            else
            {
                SendTo(Math.Min(Sent, arrived + Window));
            }
        }

        private void SendTo(int last)
        {
            while (_sent < last)
            {
                target.Tell(++_sent, Self);
            }
        }
    }

    private sealed class Target : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is int number)
            {
                if (number % 1000 == 0)
                {
                    Sender.Tell(number, Self);
                }
            }
            else
            {
                Sender.Tell(message, Self);
            }
        }
    }
}
