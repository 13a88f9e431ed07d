using TrainingCluster.Training.Environments;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Agents;

/// <summary>
/// Trains an agent from replay on a market: rounds on the training window, and after every few of them a backtest of
/// the greedy policy on the validation window, whose best snapshot is kept. The test window is out of its reach.
/// </summary>
internal sealed class ReplayTraining : IAgentTraining
{
    private readonly ReplayAgent _agent;
    private readonly ReplaySetting _setting;
    private readonly OffPolicyLearner _learner;
    private readonly ReplayRounds _rounds;
    private readonly List<ReplayCurvePoint> _curve = [];

    public ReplayTraining(ReplayAgent agent, ReplaySetting setting)
    {
        (_agent, _setting) = (agent, setting);
        _learner = agent.Learner(setting);
        _rounds = new ReplayRounds(setting.Values);
    }

    public bool Finished => _learner.Finished;

    public long Updates => _learner.Updates;

    public long TotalUpdates => _rounds.TotalUpdates;

    public IReadOnlyList<ICurvePoint> Curve => _curve;

    public ICurvePoint Iterate()
    {
        var round = _learner.Iterate();
        double? score = _rounds.IsDue(_learner.Rounds) || Finished ? Look() : null;
        var point = ReplayCurvePoint.Of(round, _rounds.LearningRate(round.Steps), score);
        _curve.Add(point);
        return point;
    }

    public IPolicySnapshot RestoreBest() => Snapshot(_learner.Best
        ?? throw new InvalidOperationException("training ended without a look at the validation window"));

    public byte[] Save()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        StateCodec.Write(writer, _learner.Save());
        ReplayCurvePoint.Write(writer, _curve);
        writer.Flush();
        return memory.ToArray();
    }

    public void Restore(ReadOnlyMemory<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        _learner.Restore(StateCodec.Read<byte>(reader));
        _curve.Clear();
        _curve.AddRange(ReplayCurvePoint.Read(reader));
    }

    public void Dispose()
    {
    }

    private ReplaySnapshot Snapshot(OffPolicySnapshot state) =>
        new(_agent, _learner.Algorithm, _setting.Hidden, _rounds.Of(state.Steps), state);

    private double Look()
    {
        var market = _setting.Market;
        var score = PolicyScore.Of(
            Snapshot(_learner.Current()).ToTradingPolicy(), market.Dynamics,
            market.Data.Ranges(split => split.Validation));
        _learner.Consider(score);
        return score;
    }
}
