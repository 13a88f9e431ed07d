using Akka.Actor;

namespace TrainingCluster.EngineTests.Actors;

/// <summary>Alone in the process while it runs: it looks at the whole heap.</summary>
[Collection(nameof(MemorySpecs))]
public sealed class MemorySpecs : IDisposable
{
    private const int MessagesARound = 2_000_000;
    private const int RestartsARound = 1000;
    private const int Rounds = 12;
    private const long AllowedGrowth = 256 * 1024;

    private readonly ActorSystem _system = ActorSystem.Create("memory", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");

    public void Dispose() => _system.Terminate().Wait(TimeSpan.FromSeconds(20));

    [Fact]
    public async Task Memory_is_flat_after_24_million_messages_and_12_thousand_restarts()
    {
        var parent = _system.ActorOf(Props.Create(() => new Parent()));
        await parent.Ask<int>(new Round(MessagesARound, RestartsARound));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var round = 1; round < Rounds; round++)
        {
            await parent.Ask<int>(new Round(MessagesARound, RestartsARound));
        }

        Assert.Equal(Rounds * RestartsARound, await parent.Ask<int>("restarts"));
        Assert.Equal((long)Rounds * MessagesARound, await parent.Ask<long>("messages"));
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(growth < AllowedGrowth, $"The heap grew by {growth} bytes in {Rounds - 1} rounds.");
    }

    private sealed record Round(int Messages, int Restarts);

    /// <summary>Restarts survive in here: a restarted child has lost its own count.</summary>
    private sealed class Parent : UntypedActor
    {
        private readonly Counts _counts = new();
        private readonly IActorRef _child;

        public Parent()
        {
            var counts = _counts;
            _child = Context.ActorOf(Props.Create(() => new Child(counts)));
        }

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Round round:
                    for (var i = 0; i < round.Restarts; i++)
                    {
                        _child.Tell(new InvalidOperationException("planned"));
                    }

                    for (var i = 0; i < round.Messages; i++)
                    {
                        _child.Tell(Akka.Done.Instance);
                    }

                    _child.Forward("end of round");
                    break;
                case "restarts":
                    Sender.Tell(_counts.Restarts);
                    break;
                case "messages":
                    Sender.Tell(_counts.Messages);
                    break;
            }
        }
    }

    private sealed class Counts
    {
        public int Restarts { get; set; }

        public long Messages { get; set; }
    }

    private sealed class Child(Counts counts) : UntypedActor
    {
        protected override void PostRestart(Exception reason) => counts.Restarts++;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Exception planned:
                    throw planned;
                case string:
                    Sender.Tell(counts.Restarts);
                    break;
                default:
                    counts.Messages++;
                    break;
            }
        }
    }
}

[CollectionDefinition(nameof(MemorySpecs), DisableParallelization = true)]
public sealed class MemoryCollection;
