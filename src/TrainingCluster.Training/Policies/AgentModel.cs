using System.Text.Json;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Agents;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Policies;

/// <summary>
/// A trained policy as it is stored: tensors policy.*, those that only learning on needs (value.*, critic1.*, …),
/// normalizer.*, and its configuration.
/// </summary>
internal sealed record AgentModel(AgentConfig Config, IPolicySnapshot Snapshot, ModelArtifact Artifact)
{
    private const string Mean = "normalizer.mean";
    private const string Variance = "normalizer.variance";

    /// <exception cref="ArtifactFormatException">The artifact is of another kind, or its parts do not
    /// fit.</exception>
    public static AgentModel Load(ModelArtifact artifact, string kind)
    {
        var config = Parse(artifact.OfKind(kind).ConfigJson);
        var normalizer = new NormalizerState(
            config.NormalizerCount,
            [.. artifact.Tensor(Mean, "F64", config.Observations).Doubles()],
            [.. artifact.Tensor(Variance, "F64", config.Observations).Doubles()]);
        var snapshot = AgentCatalog.Get(config.Agent).Load(config, artifact, normalizer);
        return new AgentModel(config, snapshot, artifact);
    }

    /// <param name="kind">An agent's name or "hybrid".</param>
    /// <param name="config">Shape and provenance; the snapshot's own numbers are filled in.</param>
    /// <param name="further">Tensors beside the policy's.</param>
    public static ModelArtifact ToArtifact(
        string kind, AgentConfig config, IPolicySnapshot snapshot,
        IEnumerable<KeyValuePair<string, ArtifactTensor>> further)
    {
        var normalizer = snapshot.Normalizer
            ?? throw new ArgumentException("a market policy without scaling cannot be stored",
                nameof(snapshot));
        return new ModelArtifact(
            kind,
            JsonSerializer.Serialize(config, AgentJson.Default.AgentConfig),
            [
                .. snapshot.ToTensors(),
                .. further,
                new(Mean, ArtifactTensor.Of(normalizer.Means.AsSpan(), normalizer.Means.Length)),
                new(Variance, ArtifactTensor.Of(normalizer.Variances.AsSpan(), normalizer.Variances.Length)),
            ]);
    }

    /// <summary>
    /// Shape and provenance of a snapshot that a job has trained; an agent's, without an encoder inside.
    /// </summary>
    public static AgentConfig Describe(StageContext context, AgentMarket market, IPolicySnapshot snapshot) =>
        new()
        {
            Agent = context.Spec.Agent == AgentCatalog.Default ? null : context.Spec.Agent,
            Observations = snapshot.Observations,
            Actions = AgentCatalog.Get(context.Spec.Agent).Actions,
            Hidden = snapshot.Hidden,
            Features = market.Observation.Features,
            NormalizerCount = snapshot.Normalizer?.Count ?? 0,
            Iteration = snapshot.Iteration,
            ValidationSharpe = snapshot.Score,
            Preprocessor = market.Data.Preprocessor,
            State = market.State,
            Encoder = null,
            EncoderArtifact = context.Inputs(InputRoles.Encoder)[0].Digest,
            Seed = context.Seed.Value,
            Data = context.Request.Bars.Digest,
            Spec = context.Checkpoints.SpecDigest,
            NumericProfile = context.Checkpoints.Profile.Fingerprint,
        };

    private static AgentConfig Parse(string json)
    {
        AgentConfig config;
        try
        {
            config = JsonSerializer.Deserialize(json, AgentJson.Default.AgentConfig)
                ?? throw new ArtifactFormatException("its configuration is null");
        }
        catch (JsonException e)
        {
            throw new ArtifactFormatException("its configuration cannot be read: " + e.Message, e);
        }

        config.Preprocessor.Pipelines.Verified();
        var observation = new PolicyObservation(config.State.Verified().All.Fitted.Outputs);
        var expected = observation.Width + MarketDynamics.PositionEntries;
        var actions = AgentCatalog.Find(config.Agent)?.Actions ?? throw new ArtifactFormatException(
            $"its agent is '{config.Agent}'; this program has: {string.Join(", ", AgentCatalog.Names)}");
        return config.Observations == expected
            && config.Actions == actions
            && !config.Hidden.IsDefaultOrEmpty
            && config.Features.SequenceEqual(observation.Features)
            && config.Hidden.All(width => width is >= 1 and <= 65_536)
            ? config
            : throw new ArtifactFormatException(
                $"its policy reads {config.Observations} entries ({string.Join(", ", config.Features)}) "
                + $"and has {config.Actions} actions; this program shows {expected} "
                + $"({string.Join(", ", observation.Features)}) and has {actions}");
    }
}
