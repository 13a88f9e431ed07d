using Akka.Actor;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Cluster.Runs;

/// <summary>What the coordinator is given.</summary>
/// <param name="Incarnation">Of this process.</param>
/// <param name="Trainers">Takes messages for trainers and finds them.</param>
/// <param name="News">The mediator of the topic of news.</param>
internal sealed record CoordinatorTools(
    string Incarnation, IActorRef Trainers, IActorRef News, TimeProvider Clock, TrainingOptions Options)
{
    /// <summary>Where jobs are kept that could not be done; null: nowhere.</summary>
    public Quarantine? Quarantine { get; init; }
}
