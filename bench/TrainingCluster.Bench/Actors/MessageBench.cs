using Akka.Actor;

namespace TrainingCluster.Bench.Actors;

/// <summary>Messages within one process: how many a second, and what an actor costs.</summary>
internal static class MessageBench
{
    private const int Flooded = 5_000_000;
    private const int RoundTrips = 2_000_000;
    private const int Asks = 300_000;
    private const int Outstanding = 64;
    private const int Actors = 100_000;

    public static IEnumerable<Measurement> Run()
    {
        using var system = ActorSystem.Create("bench", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        yield return Measurement.Rate("actors.flood", "messages/s", Flooded, 5_000_000, () => Flood(system));
        yield return Measurement.Rate("actors.ping_pong", "messages/s", 2.0 * RoundTrips, 2_500_000, () => PingPong(system));
        yield return Measurement.Rate("actors.ask_64", "asks/s", Asks, 300_000, () => Ask(system).Wait());
        yield return Measurement.Seconds("actors.start_100000", 1, () => StartMany(system));
        yield return Measurement.Figures("actors.bytes_each", "bytes", 600, () => BytesEach(system));
        system.Terminate().Wait();
    }

    private static void Flood(ActorSystem system)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = system.ActorOf(Props.Create(() => new Counter(Flooded, done)));
        for (var i = 0; i < Flooded; i++)
        {
            actor.Tell(Note.Instance, ActorRefs.NoSender);
        }

        done.Task.Wait();
        system.Stop(actor);
    }

    private static void PingPong(ActorSystem system)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        var player = system.ActorOf(Props.Create(() => new Player(echo, RoundTrips, done)));
        player.Tell(Note.Instance, echo);
        done.Task.Wait();
        system.Stop(player);
        system.Stop(echo);
    }

    private static async Task Ask(ActorSystem system)
    {
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        await Task.WhenAll(Enumerable.Range(0, Outstanding).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Asks / Outstanding; i++)
            {
                await echo.Ask<Note>(Note.Instance);
            }
        })));
        system.Stop(echo);
    }

    /// <summary>Ends when the last of them has answered.</summary>
    private static void StartMany(ActorSystem system) => Stop(system, StartAll(system));

    private static double BytesEach(ActorSystem system)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var parent = StartAll(system);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Actors;
        Stop(system, parent);
        return bytes;
    }

    private static IActorRef StartAll(ActorSystem system)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var parent = system.ActorOf(Props.Create(() => new Parent(Actors, done)));
        parent.Tell(Note.Instance, ActorRefs.NoSender);
        done.Task.Wait();
        return parent;
    }

    private static void Stop(ActorSystem system, IActorRef parent) =>
        parent.GracefulStop(TimeSpan.FromSeconds(30)).Wait();

    private sealed class Note
    {
        public static readonly Note Instance = new();
    }

    private sealed class Counter(int until, TaskCompletionSource done) : UntypedActor
    {
        private int _seen;

        protected override void OnReceive(object message)
        {
            if (++_seen == until)
            {
                done.SetResult();
            }
        }
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }

    private sealed class Player(IActorRef other, int rounds, TaskCompletionSource done) : UntypedActor
    {
        private int _left = rounds;

        protected override void OnReceive(object message)
        {
            if (--_left == 0)
            {
                done.SetResult();
            }
            else
            {
                other.Tell(message, Self);
            }
        }
    }

    private sealed class Parent(int children, TaskCompletionSource done) : UntypedActor
    {
        private int _left = children;

        protected override void OnReceive(object message)
        {
            if (message is Note)
            {
                var props = Props.Create(() => new Echo());
                for (var i = _left; i > 0; i--)
                {
                    Context.ActorOf(props).Tell("", Self);
                }
            }
            else if (--_left == 0)
            {
                done.SetResult();
            }
        }
    }
}
