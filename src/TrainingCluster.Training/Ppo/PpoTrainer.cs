using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.Ppo;

/// <summary>
/// Trains a policy on a market: PPO on the training window, and after every few iterations a backtest of
/// the greedy policy on the validation window, whose best snapshot is kept. The test window is out of its
/// reach.
/// </summary>
public sealed class PpoTrainer
{
    private readonly PpoTrainerOptions _options;
    private readonly MarketDynamics _dynamics;
    private readonly ImmutableArray<IndexRange> _validation;
    private readonly PpoLearner _learner;
    private ImmutableArray<PpoCurvePoint> _curve = [];

    /// <summary>On one market.</summary>
    public PpoTrainer(
        PpoTrainerOptions options, MarketDynamics dynamics, IndexRange train, IndexRange validation,
        Seed seed,
        TrainingFaults? faults = null)
        : this(options, dynamics, [train], [validation], seed, faults)
    {
    }

    /// <param name="train">By symbol the rows to train on.</param>
    /// <param name="validation">By symbol the rows to choose by.</param>
    /// <param name="second">Does half of the arithmetic; the caller's.</param>
    public PpoTrainer(
        PpoTrainerOptions options, MarketDynamics dynamics, ImmutableArray<IndexRange> train,
        ImmutableArray<IndexRange> validation, Seed seed, TrainingFaults? faults = null, SecondThread? second = null)
    {
        (_options, _dynamics, _validation) = (options, dynamics, validation);
        var environment = new MarketEnvironment(
            dynamics, train, options.Ppo.Episodes, options.Market, seed.For("episodes"));
        _learner = new PpoLearner(options.Ppo, environment, seed, faults, second);
    }

    public bool Finished => _learner.Finished;

    public long Updates => _learner.Updates;

    public PpoSnapshot? Best => _learner.Best;

    public PpoSnapshot Last => _learner.Current();

    public ImmutableArray<PpoCurvePoint> Curve => _curve;

    /// <summary>One iteration, judged on the validation window when its turn has come.</summary>
    public PpoCurvePoint Iterate()
    {
        var iteration = _learner.Iterate();
        double? score = null;
        if (iteration.Iteration % _options.ValidateEvery == 0 || _learner.Finished)
        {
            score = PolicyScore.Of(
                new LikeliestAction(_learner.Current().ToPolicy()), _dynamics, _validation);
            _learner.Consider(score.Value);
        }

        var update = iteration.Update;
        var point = new PpoCurvePoint(
            _learner.Updates, iteration.Rollout.MeanReward, update.Mean(update.Loss),
            update.Mean(update.Entropy),
            update.Mean(update.ApproximateKl), iteration.ExplainedVariance, iteration.LearningRate, score);
        _curve = _curve.Add(point);
        return point;
    }

    public byte[] Save()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        _learner.Save().Write(writer);
        PpoCurvePoint.Write(writer, _curve);
        writer.Flush();
        return memory.ToArray();
    }

    /// <exception cref="InvalidDataException">The state belongs to another spec.</exception>
    public void Restore(ReadOnlyMemory<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        _learner.Restore(PpoLearnerState.Read(reader));
        _curve = PpoCurvePoint.Read(reader);
    }
}

/// <summary>What a <see cref="PpoTrainer"/> does.</summary>
/// <param name="ValidateEvery">Iterations between two looks at the validation window; the last one always
/// looks.</param>
public sealed record PpoTrainerOptions(PpoOptions Ppo, MarketEpisodeOptions Market, int ValidateEvery);
