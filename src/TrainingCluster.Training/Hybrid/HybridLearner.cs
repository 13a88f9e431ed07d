using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Hybrid;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Agents;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;
using TrainingCluster.Training.Preparation;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.Hybrid;

/// <summary>
/// Fine-tunes encoder and policy together by PPO, held near the policy it began with. Between two
/// iterations its whole state can be saved and restored, and n + m iterations give the same bytes as n,
/// save, restore, m. One thread.
/// </summary>
internal sealed class HybridLearner : IHybridTraining
{
    private const double KlTolerance = 1.5;
    private readonly HybridOptions _options;
    private readonly AgentMarket _market;
    private readonly JoinedEncoder _network;
    private readonly PpoNetwork _policy;
    private readonly ObservationNormalizer _normalizer;
    private readonly TrainingFaults _faults;
    private readonly MarketEnvironment _environment;
    private readonly RolloutCollector _collector;
    private readonly RolloutBuffer _rollout;
    private readonly PpoBatch _batch;
    private readonly HybridAnchor _anchor;
    private readonly HybridGradient _gradient;
    private readonly float[] _encoderWeights;
    private readonly int[] _order;
    private Adam _policyAdam;
    private Adam _encoderAdam;
    private RandomStream _shuffle;
    private ImmutableArray<PpoCurvePoint> _curve = [];

    /// <summary>Takes over encoder and policy.</summary>
    public HybridLearner(
        HybridOptions options, AgentMarket market, JoinedEncoder network, PpoNetwork policy, Seed seed,
        TrainingFaults? faults = null)
    {
        (_options, _market, _network, _policy) = (options, market, network, policy);
        _faults = faults ?? TrainingFaults.None;
        var ppo = options.Ppo;
        var size = policy.Options.Observations;
        _normalizer = new ObservationNormalizer(network.Normalizer);
        _environment = new MarketEnvironment(
            market.Dynamics, market.Data.Ranges(split => split.Train), ppo.Episodes, options.Market,
            seed.For("episodes"));
        _collector = new RolloutCollector(_environment, policy, seed.For("actions"));
        _rollout = new RolloutBuffer(ppo.RolloutSteps, ppo.Episodes, size);
        _batch = new PpoBatch(ppo.MiniBatch, size);
        _anchor = new HybridAnchor(policy, _rollout.Count);
        _gradient = new HybridGradient(market, network, policy, ppo.MiniBatch);
        _encoderWeights = NetworkWeights.Flatten(network.Encoder);
        _policyAdam = new Adam(policy.ParameterCount, ppo.AdamEpsilon);
        _encoderAdam = new Adam(_encoderWeights.Length, ppo.AdamEpsilon);
        _shuffle = seed.For("minibatches").Stream();
        _order = new int[_rollout.Count];
    }

    /// <summary>Iterations done.</summary>
    public int Iterations { get; private set; }

    /// <summary>Minibatches drawn, skipped ones included: the job's own step count.</summary>
    public long Updates { get; private set; }

    public bool Finished => Iterations >= _options.Ppo.Iterations;

    /// <summary>Best on the validation window; null before the first iteration.</summary>
    public HybridSnapshot? Best { get; private set; }

    public long TotalUpdates => _options.Ppo.MiniBatches;

    public IReadOnlyList<ICurvePoint> Curve => _curve;

    public CnnLstmNetwork Encoder => _network.Encoder;

    /// <summary>
    /// One rollout on the encoder's present outputs, its updates, and a look at validation when due.
    /// </summary>
    /// <exception cref="NumericalInstabilityException">A gradient is not finite; the learner must be
    /// restored.</exception>
    public ICurvePoint Iterate()
    {
        if (Best is null)
        {
            Consider();
        }

        _market.SetLogits(_network.Encoder, _market.Data.Train);
        _collector.Refresh(observations => _environment.Observe(observations));
        var rollout = _collector.Collect(_policy, _normalizer, _options.Ppo, _rollout);
        _anchor.Fill(_rollout);
        var done = (double)(Iterations + 1) * _rollout.Count / _options.Ppo.TotalSteps;
        var left = _options.Ppo.LinearSchedules ? Math.Max(0, 1 - done) : 1;
        var terms = Update(left);
        Iterations++;

        double? score = Iterations % _options.ValidateEvery == 0 || Finished ? Consider() : null;
        var point = new PpoCurvePoint(
            Updates, rollout.MeanReward, terms.Mean(terms.Loss), terms.Mean(terms.Entropy),
            terms.Mean(terms.ApproximateKl), double.NaN, _options.Ppo.LearningRate * left, score);
        _curve = _curve.Add(point);
        return point;
    }

    public byte[] Save()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Iterations);
        writer.Write(Updates);
        Current(double.NaN).Write(writer);
        writer.Write(Best is not null);
        Best?.Write(writer);
        _policyAdam.State.Write(writer);
        _encoderAdam.State.Write(writer);
        StateCodec.Write(writer, _shuffle.State);
        _collector.Write(writer);
        PpoCurvePoint.Write(writer, _curve);
        writer.Flush();
        return memory.ToArray();
    }

    /// <exception cref="InvalidDataException">The state belongs to another spec.</exception>
    public void Restore(ReadOnlyMemory<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        (Iterations, Updates) = (reader.ReadInt32(), reader.ReadInt64());
        var current = HybridSnapshot.Read(reader);
        StateCodec.Expect(current.Encoder.Length, _encoderWeights.Length, "encoder weights");
        StateCodec.Expect(current.Policy.Parameters.Length, _policy.ParameterCount,
            "policy parameters");
        current.Encoder.CopyTo(_encoderWeights, 0);
        NetworkWeights.Restore(_network.Encoder, _encoderWeights);
        current.Policy.Parameters.CopyTo(_policy.Parameters);
        Best = reader.ReadBoolean() ? HybridSnapshot.Read(reader) : null;
        _policyAdam = new Adam(AdamState.Read(reader), _options.Ppo.AdamEpsilon);
        _encoderAdam = new Adam(AdamState.Read(reader), _options.Ppo.AdamEpsilon);
        _shuffle = RandomStream.Restore(StateCodec.ReadStream(reader));
        _collector.Read(reader);
        _curve = PpoCurvePoint.Read(reader);
    }

    /// <summary>Puts the best snapshot back into the network, and its outputs into the market.</summary>
    public IPolicySnapshot RestoreBest()
    {
        var best = Best ?? throw new InvalidOperationException("nothing was judged yet");
        NetworkWeights.Restore(_network.Encoder, best.Encoder);
        best.Policy.Parameters.CopyTo(_policy.Parameters);
        _market.SetLogits(_network.Encoder, _market.Data.Validation);
        _market.SetLogits(_network.Encoder, _market.Data.Test);
        return best.Policy;
    }

    public void Dispose() => _network.Dispose();

    private HybridSnapshot Current(double score) => new(
        new PpoSnapshot(
            Iterations, score, _policy.Options, _policy.Parameters.ToArray(),
            _network.Normalizer),
        [.. _encoderWeights]);

    private double Consider()
    {
        var validation = _market.Data.Ranges(split => split.Validation);
        _market.SetLogits(_network.Encoder, _market.Data.Validation);
        var policy = new LikeliestAction(new PpoPolicy(_policy, _normalizer));
        var score = PolicyScore.Of(policy, _market.Dynamics, validation);
        if (Best is null || score > Best.Policy.Score)
        {
            Best = Current(score);
        }

        return score;
    }

    private PpoUpdateTerms Update(double left)
    {
        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        var sums = new PpoUpdateTerms();
        var ppo = _options.Ppo;
        var weights = new PpoLossWeights(
            ppo.ClipRange * left, ppo.ValueWeight, ppo.EntropyWeight, _options.AnchorWeight);
        for (var epoch = 0; epoch < ppo.Epochs; epoch++)
        {
            _shuffle.Shuffle(_order.AsSpan());
            for (var start = 0; start < _order.Length; start += ppo.MiniBatch)
            {
                var terms = Step(_order.AsSpan(start, ppo.MiniBatch), start / ppo.MiniBatch, weights, left);
                sums = sums.Plus(terms);
                if (TooFar(terms))
                {
                    return sums;
                }
            }
        }

        return sums;
    }

    private PpoLossTerms Step(ReadOnlySpan<int> transitions, int number, PpoLossWeights weights, double left)
    {
        _batch.Gather(_rollout, transitions);
        _batch.AnchorLogProbabilities = _anchor.Gather(transitions);
        var terms = _gradient.Compute(_batch, weights);
        var step = Updates++;
        if (_faults.Recovery.Skips(step) || TooFar(terms))
        {
            return terms;
        }

        if (_faults.NanGradientAt.Contains(step))
        {
            _gradient.Encoder[0] = float.NaN;
        }

        var (policyNorm, encoderNorm) =
            (GradientNorm.Of(_gradient.Policy), GradientNorm.Of(_gradient.Encoder));
        var norm = Math.Sqrt(policyNorm * policyNorm + encoderNorm * encoderNorm);
        if (!double.IsFinite(norm))
        {
            throw new NumericalInstabilityException(step, "gradient norm in hybrid", number);
        }

        var clip = _options.Ppo.MaximumGradientNorm * _faults.Recovery.ClipScaleAt(step);
        GradientNorm.Clip(_gradient.Policy, norm, clip);
        GradientNorm.Clip(_gradient.Encoder, norm, clip);
        var rate = _options.Ppo.LearningRate * left * _faults.Recovery.LearningRateScaleAt(step);
        _policyAdam.Update(_policy.Parameters, _gradient.Policy, rate);
        _encoderAdam.Update(_encoderWeights, _gradient.Encoder, rate * _options.EncoderRateFactor);
        NetworkWeights.Restore(_network.Encoder, _encoderWeights);
        return terms;
    }

    private bool TooFar(PpoLossTerms terms) =>
        terms.Surrogate.ApproximateKl > KlTolerance * _options.Ppo.TargetKl;
}
