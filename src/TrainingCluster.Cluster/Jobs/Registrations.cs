using TrainingCluster.Cluster.Nodes;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Cluster.Jobs;

/// <summary>What a trainer asks the registry to take in for its worker's result.</summary>
internal static class Registrations
{
    public static RegisterVersion Of(JobCommands.Start start, WorkerResult result, DateTimeOffset now) =>
        new()
        {
            Model = ModelName.Parse(start.Attempt.Job),
            Files = result.Files,
            Lineage = new Lineage(
            start.Spec.Data,
            start.Spec.DataName,
            [.. start.Components.Select(component =>
                new LineageEdge(LineageRelation.Component, component.Id, component.Digest))]),
            RunId = start.Attempt.Run.Text,
            JobId = start.Attempt.Job,
            SpecDigest = result.SpecDigest,
            RecipeDigest = result.RecipeDigest,
            SignatureDigest = result.SignatureDigest,
            CreatedAt = now,
            Seed = new Seed(start.Spec.Seed),
            Metrics = result.Metrics,
            Profile = result.NumericProfile,
            Degradation = start.Degradation,
            Trial = new Trial(
            result.SpecDigest,
            ModelName.Parse(start.Attempt.Job).Name,
            result.ValidationSharpePerBar),
        };
}
