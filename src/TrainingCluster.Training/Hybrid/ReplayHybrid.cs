using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Hybrid;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Agents;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Preparation;
using TrainingCluster.Training.Recovery;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.Training.Hybrid;

/// <summary>
/// Fine-tunes an encoder and an agent that learns from replay together, by the agent's own losses. Replay keeps bars
/// and not observations: what is drawn shows the encoder's outputs of the round's start, and a batch's own
/// observations, but not the next ones its targets look at, are computed live.
/// </summary>
internal sealed class ReplayHybrid : IHybridTraining, IJointUpdate
{
    private readonly ReplayAgent _agent;
    private readonly ReplaySetting _setting;
    private readonly JoinedEncoder _network;
    private readonly OffPolicyLearner _learner;
    private readonly ReplayRounds _rounds;
    private readonly EncoderGradient _gradient;
    private readonly float[] _slopes;
    private readonly float[] _encoder;
    private readonly double _rateFactor;
    private readonly List<ReplayCurvePoint> _curve = [];
    private Adam _adam;
    private (OffPolicySnapshot Policy, float[] Encoder)? _best;

    /// <summary>Takes over the encoder.</summary>
    /// <param name="setting">With what the policy begins with.</param>
    /// <exception cref="ArgumentException">Numbers are out of range; all are named.</exception>
    public ReplayHybrid(ReplayAgent agent, ReplaySetting setting, JoinedEncoder network)
    {
        (_agent, _network) = (agent, network);
        _setting = setting with { Extras = setting.Extras with { Joint = this } };
        _rateFactor = setting.Values["encoder_rate_factor"] is >= 0 and <= 1 and var factor
            ? factor
            : throw new ArgumentException(
                $"encoder_rate_factor is {setting.Values["encoder_rate_factor"]}, it must lie in [0, 1]");
        var batch = setting.Values.Whole("batch");
        _gradient = new EncoderGradient(setting.Market, network, batch);
        _slopes = new float[batch * network.Observations];
        _encoder = NetworkWeights.Flatten(network.Encoder);
        _adam = new Adam(_encoder.Length, AdamEpsilon);
        _rounds = new ReplayRounds(setting.Values);
        _learner = agent.Learner(_setting);
        _learner.Begin(setting.Begin!.State);
    }

    public bool Finished => _learner.Finished;

    public long Updates => _learner.Updates;

    public long TotalUpdates => _rounds.TotalUpdates;

    public IReadOnlyList<ICurvePoint> Curve => _curve;

    public CnnLstmNetwork Encoder => _network.Encoder;

    private static double AdamEpsilon => 1e-8;

    public ICurvePoint Iterate()
    {
        if (_best is null)
        {
            Consider();
        }

        _setting.Market.SetLogits(_network.Encoder, _setting.Market.Data.Train);
        _learner.Refresh(observations => _setting.Episodes.Observe(observations));
        var round = _learner.Iterate();
        double? score = _rounds.IsDue(_learner.Rounds) || Finished ? Consider() : null;
        var point = ReplayCurvePoint.Of(round, _rounds.LearningRate(round.Steps), score);
        _curve.Add(point);
        return point;
    }

    /// <summary>One update of both halves.</summary>
    UpdateTerms IJointUpdate.Update(ReplayBatch batch, UpdateStep step, Func<UpdateStep, UpdateTerms> update)
    {
        UpdateTerms terms = default;
        _gradient.Compute(batch.Tags, batch.Observations, () =>
        {
            terms = update(step with { ObservationSlopes = _slopes });
            return _slopes;
        });
        if (step.Skip)
        {
            return terms;
        }

        var norm = GradientNorm.Of(_gradient.Values);
        if (!double.IsFinite(norm))
        {
            throw new NumericalInstabilityException(step.Number, "gradient norm in the hybrid's encoder");
        }

        GradientNorm.Clip(_gradient.Values, norm, step.MaximumGradientNorm);
        _adam.Update(_encoder, _gradient.Values, step.LearningRate * _rateFactor);
        NetworkWeights.Restore(_network.Encoder, _encoder);
        return terms;
    }

    public IPolicySnapshot RestoreBest()
    {
        var (policy, encoder) = _best ?? throw new InvalidOperationException("nothing was judged yet");
        NetworkWeights.Restore(_network.Encoder, encoder);
        _setting.Market.SetLogits(_network.Encoder, _setting.Market.Data.Validation);
        _setting.Market.SetLogits(_network.Encoder, _setting.Market.Data.Test);
        return Snapshot(policy);
    }

    public byte[] Save()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        StateCodec.Write(writer, _learner.Save());
        StateCodec.Write(writer, _encoder);
        _adam.State.Write(writer);
        writer.Write(_best is not null);
        if (_best is var (policy, encoder))
        {
            policy.Write(writer);
            StateCodec.Write(writer, encoder);
        }

        ReplayCurvePoint.Write(writer, _curve);
        writer.Flush();
        return memory.ToArray();
    }

    public void Restore(ReadOnlyMemory<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        _learner.Restore(StateCodec.Read<byte>(reader));
        StateCodec.Read(reader, _encoder);
        NetworkWeights.Restore(_network.Encoder, _encoder);
        _adam = new Adam(AdamState.Read(reader), AdamEpsilon);
        _best = reader.ReadBoolean()
            ? (OffPolicySnapshot.Read(reader), StateCodec.Read<float>(reader))
            : null;
        _curve.Clear();
        _curve.AddRange(ReplayCurvePoint.Read(reader));
    }

    public void Dispose() => _network.Dispose();

    private ReplaySnapshot Snapshot(OffPolicySnapshot state) =>
        new(_agent, _learner.Algorithm, _setting.Hidden, _rounds.Of(state.Steps), state);

    private double Consider()
    {
        var market = _setting.Market;
        market.SetLogits(_network.Encoder, market.Data.Validation);
        var current = _learner.Current();
        var score = PolicyScore.Of(
            Snapshot(current).ToTradingPolicy(), market.Dynamics, market.Data.Ranges(split => split.Validation));
        if (_best is not { } best || score > best.Policy.Score)
        {
            _best = (current with { Score = score }, [.. _encoder]);
        }

        return score;
    }
}
