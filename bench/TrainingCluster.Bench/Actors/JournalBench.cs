using Akka.Actor;
using Akka.Persistence;

namespace TrainingCluster.Bench.Actors;

/// <summary>Events into a journal and back, beside what the disk itself can do.</summary>
internal static class JournalBench
{
    private const int Batches = 100;
    private const int BatchSize = 500;
    private const int Single = 1000;
    private const int Recovered = 100_000;

    /// <param name="name">Goes into the figures' names.</param>
    /// <param name="provider">As <c>provider-name</c> takes it.</param>
    /// <param name="connectionString">Of an empty store.</param>
    /// <param name="batchedTarget">Events a second to reach.</param>
    /// <param name="disk">A folder on the same disk, for its syncs a second; null where they do not matter.</param>
    public static IEnumerable<Measurement> Run(
        string name, string provider, string connectionString, double batchedTarget, string? disk)
    {
        using var system = ActorSystem.Create("bench", Config(provider, connectionString));
        var ids = 0;
        yield return Measurement.Rate($"journal.{name}.batched", "events/s", Batches * BatchSize, batchedTarget, () =>
            Persist(system, $"batched-{ids++}", Batches, BatchSize));
        if (disk is not null)
        {
            var ratio = Measurement.Figures($"journal.{name}.single_of_fsync", "ratio", 0.6, () =>
                SinglesASecond(system, $"single-{ids++}") / SyncsASecond(disk));
            yield return ratio;
        }
        else
        {
            yield return Measurement.Rate($"journal.{name}.single", "events/s", Single, null, () =>
                Persist(system, $"single-{ids++}", Single, 1));
        }

        Persist(system, "recovered", Recovered / 1000, 1000);
        yield return Measurement.Seconds($"journal.{name}.recover_100000", 2, () => Recover(system, "recovered", Recovered));
        system.Terminate().Wait();
    }

    private static double SinglesASecond(ActorSystem system, string id)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Persist(system, id, Single, 1);
        return Single / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Appends of one page, each synced as a journal must.</summary>
    private static double SyncsASecond(string folder)
    {
        var file = Path.Combine(folder, "sync.tmp");
        var page = new byte[4096];
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < Single; i++)
        {
            stream.Write(page);
            stream.Flush(flushToDisk: true);
        }

        var rate = Single / watch.Elapsed.TotalSeconds;
        File.Delete(file);
        return rate;
    }

    private static void Persist(ActorSystem system, string id, int batches, int size)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = system.ActorOf(Props.Create(() => new Writer(id, batches, size, done)));
        done.Task.Wait();
        actor.GracefulStop(TimeSpan.FromSeconds(30)).Wait();
    }

    private static void Recover(ActorSystem system, string id, int events)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = system.ActorOf(Props.Create(() => new Reader(id, events, done)));
        done.Task.Wait();
        actor.GracefulStop(TimeSpan.FromSeconds(30)).Wait();
    }

    private static string Config(string provider, string connectionString) =>
        $$"""
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.persistence.journal.plugin = "akka.persistence.journal.sql"
        akka.persistence.journal.sql { provider-name = "{{provider}}", connection-string = "{{connectionString}}" }
        """;

    private sealed class Writer(string id, int batches, int size, TaskCompletionSource done) : UntypedPersistentActor
    {
        private static readonly string Event = new('e', 100);
        private int _left = batches;

        public override string PersistenceId => id;

        protected override void OnCommand(object message) => Write();

        protected override void OnRecover(object message)
        {
            if (message is RecoveryCompleted)
            {
                Self.Tell("begin");
            }
        }

        protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
            done.TrySetException(cause);

        private void Write()
        {
            var written = 0;
            PersistAll(Enumerable.Repeat(Event, size), _ =>
            {
                if (++written < size)
                {
                    return;
                }

                if (--_left == 0)
                {
                    done.SetResult();
                }
                else
                {
                    Self.Tell("more");
                }
            });
        }
    }

    private sealed class Reader(string id, int expected, TaskCompletionSource done) : UntypedPersistentActor
    {
        private int _seen;

        public override string PersistenceId => id;

        protected override void OnCommand(object message)
        {
        }

        protected override void OnRecover(object message)
        {
            if (message is string)
            {
                _seen++;
            }
            else if (message is RecoveryCompleted)
            {
                if (_seen == expected)
                {
                    done.SetResult();
                }
                else
                {
                    done.SetException(new InvalidOperationException($"{_seen} of {expected} events came back."));
                }
            }
        }
    }
}
