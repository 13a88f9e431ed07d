using Akka.Actor;
using TrainingCluster.Cluster.Hosting;

namespace TrainingCluster.Cluster.Jobs;

/// <summary>What all trainers of a node share.</summary>
/// <param name="Coordinator">Reaches the coordinator wherever it is.</param>
/// <param name="Registry">Reaches the registry wherever it is.</param>
internal sealed record TrainerTools(
    IActorRef Coordinator, IActorRef Registry, TimeProvider Clock, TrainingOptions Options);
