using Akka.Cluster;
using TrainingCluster.EngineTests.Simulation.Model;
using TrainingCluster.EngineTests.Simulation.Time;

namespace TrainingCluster.EngineTests.Cluster.Membership;

/// <summary>
/// The one rule that all else rests on: once a member's row is gone, and others may take over, it does not act.
/// </summary>
public sealed class NoActingAfterRemovalSpecs
{
    private const int Nodes = 4;
    private static readonly SerialTransaction Reader = new();

    private int _removals;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Nobody_acts_whose_row_is_gone_whatever_fails(int seed)
    {
        var world = new VirtualCluster((ulong)seed);
        var random = new SimRandom((ulong)seed);
        for (var port = 1; port <= Nodes; port++)
        {
            world.Start(port, new VirtualNodeOptions { Rate = 0.99 + (0.02 * random.NextDouble()) }).Join();
        }

        world.Await(() => world.Nodes.TrueForAll(node => node.Sees(MemberStatus.Up) == Nodes), TimeSpan.FromSeconds(9));
        world.Loop.AfterStep = () => Check(world);
        world.Weather.FailureShare = 0.03;
        world.Weather.LostAnswerShare = 0.03;
        world.Weather.LagShare = 0.05;

        for (var i = 0; i < 15; i++)
        {
            Trouble(world, random);
            world.Run(12 * random.NextDouble());
        }

        Assert.True(_removals > 0);
    }

    private static void Trouble(VirtualCluster world, SimRandom random)
    {
        var node = random.Pick(world.Nodes);
        switch (random.Below(4))
        {
            case 0:
                world.CutOff(node);
                break;
            case 1:
                world.Reconnect(world.Nodes);
                break;
            case 2:
                node.Host.FreezeSoon(TimeSpan.FromSeconds(20), random.Below(5));
                break;
            default:
                node.Host.Pause(TimeSpan.FromSeconds(15 * random.NextDouble()));
                break;
        }

        if (world.Nodes.TrueForAll(static other => other.Status == MemberStatus.Removed))
        {
            world.Start(random.Below(1000) + 10).Join();
        }
    }

    private void Check(VirtualCluster world)
    {
        foreach (var node in world.Nodes)
        {
            var row = world.Store.Tables.Members.Find(
                Reader, ModelTables.Whole, node.Cluster.SelfUniqueAddress.Uid);
            if (row is null)
            {
                _removals++;
                if (node.MayAct)
                {
                    world.Loop.Fail(new InvalidOperationException(
                        $"{node.Port} may act at {world.Now}, though its row is gone."));
                }
            }
        }
    }
}
