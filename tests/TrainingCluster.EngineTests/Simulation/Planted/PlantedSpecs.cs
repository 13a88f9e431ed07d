using TrainingCluster.EngineTests.Simulation.Checks;
using TrainingCluster.EngineTests.Simulation.Model;
using TrainingCluster.EngineTests.Simulation.World;

namespace TrainingCluster.EngineTests.Simulation.Planted;

/// <summary>A simulation that finds nothing proves nothing: it must find these.</summary>
public sealed class PlantedSpecs
{
    private const int SeedsToTry = 400;

    [Fact]
    public void Writing_without_a_look_at_the_fence_is_found() => MustBeFound(
        "first effect",
        () => new SimOptions
        {
            Journal = static (_, statements) => new NoFenceCheck(statements),
        });

    [Fact]
    public void A_fence_raised_at_the_first_write_and_not_before_replay_is_found() => MustBeFound(
        "first effect",
        static () =>
        {
            var pending = new Dictionary<object, Dictionary<string, Akka.Store.FenceRow>>();
            return new SimOptions
            {
                Journal = (host, statements) => new LateFence(statements, OfHost(pending, host)),
            };
        });

    [Fact]
    public void A_queue_read_by_sequence_order_is_found() => MustBeFound(
        "after note",
        static () =>
        {
            var order = new InsertOrder();
            var cursors = new Dictionary<object, Dictionary<int, long>>();
            return new SimOptions
            {
                Queues = (host, statements) => new CursorQueues(statements, order, OfHost(cursors, host)),
            };
        });

    [Fact]
    public void A_singleton_that_is_kept_after_the_deadline_is_found() => MustBeFound(
        "act",
        static () => new SimOptions { AfterStep = KeepAllRights });

    private static void KeepAllRights(SimWorld world)
    {
        foreach (var node in world.Living)
        {
            node.Witness.Right?.ExtendTo(long.MaxValue);
        }
    }

    private static void MustBeFound(string words, Func<SimOptions> plant)
    {
        for (var seed = 1; seed <= SeedsToTry; seed++)
        {
            if (SimRun.Execute(seed, plant()).Failure is ViolationException violation)
            {
                Assert.Contains(words, violation.Message);
                return;
            }
        }

        Assert.Fail($"{SeedsToTry} seeds did not find it.");
    }

    private static TValue OfHost<TValue>(Dictionary<object, TValue> values, object host)
        where TValue : new()
    {
        if (!values.TryGetValue(host, out var value))
        {
            values.Add(host, value = new TValue());
        }

        return value;
    }
}
