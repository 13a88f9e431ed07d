using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo.Recurrent;
using TrainingCluster.Training.Ppo.Reuse;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.Ppo;

/// <summary>
/// PPO for discrete actions. One <see cref="Iterate"/> is a rollout and its updates; between two of them
/// the whole state can be saved and restored, and n + m iterations give the same bytes as n, save, restore,
/// m. One thread, or two that give the same bytes.
/// </summary>
public sealed class PpoLearner : IDisposable
{
    private const double KlTolerance = 1.5;
    private readonly PpoOptions _options;
    private readonly TrainingFaults _faults;
    private readonly RolloutCollector _collector;
    private readonly RolloutBuffer _rollout;
    private readonly PpoMinibatch _minibatch;
    private readonly PpoMinibatch? _mixed;
    private readonly RolloutReplay? _replay;
    private readonly PpoMemory? _memory;
    private readonly int[] _order;
    private PpoNetwork _network;
    private ObservationNormalizer? _normalizer;
    private Adam _adam;
    private RandomStream _shuffle;

    /// <param name="second">Does half of the arithmetic; belongs to the caller, who disposes of it.</param>
    public PpoLearner(
        PpoOptions options, IVectorEnvironment environment, Seed seed, TrainingFaults? faults = null,
        SecondThread? second = null)
    {
        _options = options.Validated();
        _faults = faults ?? TrainingFaults.None;
        _memory = options.Memory is { } memory
            ? new PpoMemory(options, memory, environment, seed.For("memory weights")) : null;
        environment = _memory?.Episodes ?? environment;
        var shape = new PpoNetworkOptions(environment.ObservationSize, environment.ActionCount)
        {
            Hidden = options.Hidden,
        };
        _network = PpoNetwork.Create(shape, seed.For("weights").Stream());
        _normalizer = options.NormalizeObservations
            ? new ObservationNormalizer(environment.ObservationSize) : null;
        _adam = new Adam(_network.ParameterCount, options.AdamEpsilon);
        _shuffle = seed.For("minibatches").Stream();
        _collector = new RolloutCollector(environment, _network, seed.For("actions"), second);
        _rollout = new RolloutBuffer(options.RolloutSteps, options.Episodes, environment.ObservationSize);
        _minibatch = new PpoMinibatch(_network, options.MiniBatch, second, _memory);
        if (options.ReplayRatio > 0)
        {
            _replay = new RolloutReplay(options, _network, seed.For("replay"), second);
            _mixed = new PpoMinibatch(_network, options.MiniBatch + options.ReplayedRows, second);
        }

        _order = new int[_rollout.Count];
    }

    /// <summary>Iterations done.</summary>
    public int Iterations { get; private set; }

    /// <summary>Steps taken over all episodes.</summary>
    public long Steps => (long)Iterations * _options.TransitionsPerIteration;

    /// <summary>Minibatches drawn, skipped ones included: the job's own step count.</summary>
    public long Updates { get; private set; }

    public bool Finished => Iterations >= _options.Iterations;

    /// <summary>The best policy that <see cref="Consider"/> has seen.</summary>
    public PpoSnapshot? Best { get; private set; }

    /// <summary>A copy of the policy as it is now.</summary>
    public PpoSnapshot Current(double score = double.NaN) =>
        new(Iterations, score, _network.Options, _network.Parameters.ToArray(), _normalizer?.State)
        {
            Memory = _memory?.Snapshot,
        };

    /// <summary>One rollout and its updates.</summary>
    /// <exception cref="NumericalInstabilityException">A gradient is not finite; the learner is spoiled and
    /// must be restored from its last saved state.</exception>
    public PpoIteration Iterate()
    {
        _memory?.Episodes.BeginRollout();
        var rollout = _collector.Collect(_network, _normalizer, _options, _rollout);
        var (rate, weights) = _options.At(Steps + _rollout.Count);
        var terms = Update(rate, weights);
        _normalizer?.Absorb(_rollout.RawObservations);
        _replay?.Add(_rollout);
        if (_memory is not null)
        {
            // The pending observations are features, and the encoder has changed.
            _collector.Refresh(observations => _memory.Episodes.Observe(observations));
        }

        Iterations++;
        return new PpoIteration(
            Iterations, Steps, rollout, terms, ExplainedVariance(), rate);
    }

    /// <summary>
    /// Keeps the current policy if it scores above the best so far; the earlier of equals stays.
    /// </summary>
    public bool Consider(double score)
    {
        if (Best is not null && !(score > Best.Score))
        {
            return false;
        }

        Best = Current(score);
        return true;
    }

    /// <summary>Everything that decides the rest of the training.</summary>
    public PpoLearnerState Save()
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory))
        {
            _collector.Write(writer);
            _replay?.Write(writer);
            _memory?.Write(writer);
        }

        return new PpoLearnerState(
            Iterations, Updates, Current(), Best, _adam.State, _shuffle.State, memory.ToArray());
    }

    /// <exception cref="InvalidDataException">The state belongs to a learner of another shape.</exception>
    public void Restore(PpoLearnerState state)
    {
        StateCodec.Expect(state.Current.Parameters.Length, _network.ParameterCount, "parameters");
        (Iterations, Updates, Best) = (state.Iterations, state.Updates, state.Best);
        _network = PpoNetwork.FromParameters(_network.Options, state.Current.Parameters);
        _normalizer = state.Current.Normalizer is { } scaling ? new ObservationNormalizer(scaling) : null;
        _adam = new Adam(state.Adam, _options.AdamEpsilon);
        _shuffle = RandomStream.Restore(state.Shuffle);
        using var reader = new BinaryReader(new MemoryStream(state.Collector));
        _collector.Read(reader);
        _replay?.Read(reader);
        _memory?.Read(reader);
    }

    public void Dispose() => _memory?.Dispose();

    private PpoUpdateTerms Update(double rate, PpoLossWeights weights)
    {
        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        var sums = new PpoUpdateTerms();
        var replayed = _replay?.Draw(_network, _normalizer);
        for (var epoch = 0; epoch < _options.Epochs; epoch++)
        {
            _shuffle.Shuffle(_order.AsSpan());
            if (replayed is not null)
            {
                _replay!.Shuffle();
            }

            for (var start = 0; start < _order.Length; start += _options.MiniBatch)
            {
                var terms = Step(start, replayed, weights, rate);
                sums = sums.Plus(terms);
                if (terms.Surrogate.ApproximateKl > KlTolerance * _options.TargetKl)
                {
                    return sums;
                }
            }
        }

        return sums;
    }

    private PpoLossTerms Step(int start, ReplayedSteps? replayed, PpoLossWeights weights, double rate)
    {
        var fresh = _order.AsSpan(start, _options.MiniBatch);
        var minibatch = replayed is null ? _minibatch : _mixed!;
        var rows = _options.ReplayedRows;
        var terms = replayed is null
            ? minibatch.Differentiate(_network, _rollout, fresh, weights)
            : minibatch.Differentiate(
                _network, _rollout, fresh, replayed,
                replayed.Order.AsSpan(start / _options.MiniBatch * rows, rows), weights);
        var step = Updates++;
        if (_faults.Recovery.Skips(step) || terms.Surrogate.ApproximateKl > KlTolerance * _options.TargetKl)
        {
            return terms;
        }

        if (_faults.NanGradientAt.Contains(step))
        {
            minibatch.Poison();
        }

        if (!double.IsFinite(minibatch.GradientNorm))
        {
            throw new NumericalInstabilityException(step, "gradient norm in ppo", start / _options.MiniBatch);
        }

        minibatch.Apply(
            _adam, rate * _faults.Recovery.LearningRateScaleAt(step),
            _options.MaximumGradientNorm * _faults.Recovery.ClipScaleAt(step));
        return terms;
    }

    /// <summary>1 − Var(returns − values) / Var(returns): 1 is a perfect critic, 0 a constant one.</summary>
    private double ExplainedVariance()
    {
        double mean = 0, errorMean = 0, squares = 0, errorSquares = 0;
        for (var i = 0; i < _rollout.Count; i++)
        {
            mean += _rollout.Returns[i];
            errorMean += _rollout.Returns[i] - _rollout.Values[i];
        }

        (mean, errorMean) = (mean / _rollout.Count, errorMean / _rollout.Count);
        for (var i = 0; i < _rollout.Count; i++)
        {
            var centred = _rollout.Returns[i] - mean;
            var error = _rollout.Returns[i] - _rollout.Values[i] - errorMean;
            squares += centred * centred;
            errorSquares += error * error;
        }

        return squares == 0 ? 0 : 1 - errorSquares / squares;
    }
}
