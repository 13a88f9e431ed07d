using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;
using TrainingCluster.Training.Preparation;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.Agents;

/// <summary>PPO's training on a prepared market.</summary>
internal sealed class PpoTraining(
    PpoTrainerOptions options, AgentMarket market, Seed seed, TrainingFaults faults, SecondThread? second)
    : IAgentTraining
{
    private readonly PpoTrainer _trainer = new(
        options, market.Dynamics, market.Data.Ranges(split => split.Train),
        market.Data.Ranges(split => split.Validation), seed, faults, second);

    public bool Finished => _trainer.Finished;

    public long Updates => _trainer.Updates;

    public long TotalUpdates => options.Ppo.MiniBatches;

    public IReadOnlyList<ICurvePoint> Curve => _trainer.Curve;

    public ICurvePoint Iterate() => _trainer.Iterate();

    public IPolicySnapshot RestoreBest() => _trainer.Best
        ?? throw new InvalidOperationException("training ended without a look at the validation window");

    public byte[] Save() => _trainer.Save();

    public void Restore(ReadOnlyMemory<byte> state) => _trainer.Restore(state);

    public void Dispose()
    {
    }
}
