using Akka.Store;
using TrainingCluster.EngineTests.Simulation.Time;
using TrainingCluster.EngineTests.Simulation.World;

namespace TrainingCluster.EngineTests.Simulation.Planted;

/// <summary>Mistakes by name, each with the words of the violation it must lead to.</summary>
internal static class Plants
{
    public const string NoFence = "no-fence";
    public const string LateFence = "late-fence";
    public const string Cursor = "cursor";
    public const string KeptRight = "kept-right";

    /// <summary>A fresh one for each world.</summary>
    public static SimOptions Make(string name) => name switch
    {
        NoFence => new SimOptions { Journal = static (_, statements) => new NoFenceCheck(statements) },
        LateFence => WithLateFence(),
        Cursor => WithCursor(),
        KeptRight => new SimOptions { AfterStep = KeepAllRights },
        _ => throw new ArgumentException($"There is no plant {name}.", nameof(name)),
    };

    private static SimOptions WithLateFence()
    {
        var pending = new Dictionary<SimHost, Dictionary<string, FenceRow>>();
        return new SimOptions
        {
            Journal = (host, statements) => new LateFence(statements, Of(pending, host)),
        };
    }

    private static SimOptions WithCursor()
    {
        var order = new InsertOrder();
        var cursors = new Dictionary<SimHost, Dictionary<int, long>>();
        return new SimOptions
        {
            Queues = (host, statements) => new CursorQueues(statements, order, Of(cursors, host)),
        };
    }

    private static void KeepAllRights(SimWorld world)
    {
        foreach (var node in world.Living)
        {
            node.Witness.Right?.ExtendTo(long.MaxValue);
        }
    }

    private static TValue Of<TValue>(Dictionary<SimHost, TValue> values, SimHost host)
        where TValue : new()
    {
        if (!values.TryGetValue(host, out var value))
        {
            values.Add(host, value = new TValue());
        }

        return value;
    }
}
