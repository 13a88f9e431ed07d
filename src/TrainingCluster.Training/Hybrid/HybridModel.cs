using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Hybrid;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Hybrid;

/// <summary>
/// A hybrid as it is stored: encoder.*, the agent's tensors (see <see cref="AgentModel"/>) and the
/// preprocessor; it runs alone.
/// </summary>
internal sealed record HybridModel(AgentModel Agent)
{
    public const string Kind = "hybrid";
    private const string EncoderPrefix = "encoder.";

    /// <exception cref="ArtifactFormatException">The artifact is no hybrid, or its parts do not
    /// fit.</exception>
    public static HybridModel Load(ModelArtifact artifact)
    {
        var agent = AgentModel.Load(artifact, Kind);
        if (agent.Config.Encoder is null)
        {
            throw new ArtifactFormatException("it has no encoder inside");
        }

        return new HybridModel(agent);
    }

    public static ModelArtifact ToArtifact(
        StageContext context, AgentMarket market, IPolicySnapshot policy, CnnLstmNetwork encoder) =>
        AgentModel.ToArtifact(
            Kind,
            AgentModel.Describe(context, market, policy) with { Encoder = encoder.Architecture },
            policy,
            NetworkWeights.ToTensors(encoder, EncoderPrefix));

    /// <summary>The encoder inside, with its weights; the caller disposes it.</summary>
    public CnnLstmNetwork CreateEncoder()
    {
        var network = new CnnLstmNetwork(Agent.Config.Encoder!, new RandomStream(0));
        NetworkWeights.Load(network, Agent.Artifact, EncoderPrefix);
        return network;
    }
}
