using Akka.Actor;
using Akka.Event;

namespace TrainingCluster.EngineTests.Simulation.World;

/// <summary>Puts what a node logs into the world's trace.</summary>
internal sealed class SimLogger(SimWorld world, string node) : UntypedActor
{
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(LogEvent));

    protected override void OnReceive(object message)
    {
        if (message is LogEvent entry)
        {
            world.Log(node, entry);
        }
    }
}
