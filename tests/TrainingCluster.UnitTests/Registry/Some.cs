using System.Collections.Immutable;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Registry.Grades;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.UnitTests.Registry;

/// <summary>Registrations that are right in everything a test does not name.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2024, 11, 27, 12, 0, 0, TimeSpan.Zero);

    public static RegisterVersion Registration(
        string model = "cnn_lstm/macd_momentum",
        string run = "v_20241127_120000",
        string content = "weights",
        string data = "bars",
        string dataName = "sp500",
        string recipe = "recipe",
        string signature = "signature",
        double accuracy = 0.6,
        params ImmutableArray<LineageEdge> edges) => new()
        {
            Model = ModelName.Parse(model),
            Files = [new ArtifactFile("model", Digest.Of(content), content.Length)],
            Lineage = new Lineage(Digest.Of(data), dataName, edges.IsDefault ? [] : edges),
            RunId = run,
            JobId = model,
            SpecDigest = Digest.Of(recipe + data),
            RecipeDigest = Digest.Of(recipe),
            SignatureDigest = Digest.Of(signature),
            CreatedAt = Noon,
            Seed = new Seed(7),
            Metrics = ImmutableSortedDictionary<string, double>.Empty.Add(MetricNames.Accuracy, accuracy),
        };

    public static RegistryState After(params RegisterVersion[] registrations) =>
        After(RegistryState.Empty, registrations);

    public static RegistryState After(RegistryState state, params RegisterVersion[] registrations) =>
        registrations.Aggregate(state, (now, registration) => now.Decide(registration).Events
            .Aggregate(now, (next, happened) => next.Apply(happened)));

    public static VersionAccepted Accepted(RegistryState state, RegisterVersion registration) =>
        Assert.IsType<VersionAccepted>(state.Decide(registration).Answer);

    public static LineageEdge Component(RegistryState state, string id) =>
        new(LineageRelation.Component, VersionId.Parse(id), state.Find(VersionId.Parse(id))!.Digest);
}
