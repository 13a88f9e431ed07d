using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;
using TrainingCluster.Training.Recovery;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>
/// Learns from replay. One <see cref="Iterate"/> is a round: some steps, then some updates, then a look at the
/// policy when one is due. Between two rounds the whole state can be saved and restored, and n + m rounds
/// give the same bytes as n, save, restore, m. One thread.
/// </summary>
public sealed class OffPolicyLearner
{
    private readonly OffPolicyOptions _options;
    private readonly IEpisodeVector _environment;
    private readonly IOffPolicyAlgorithm _algorithm;
    private readonly ReplayBuffer _replay;
    private readonly ExperienceCollector _collector;
    private readonly OffPolicyExtras _extras;
    private readonly ReplayBatch _batch;
    private readonly float[] _errors;
    private ObservationNormalizer? _normalizer;
    private RandomStream _draws;
    private RandomStream _updateNoise;

    internal OffPolicyLearner(
        OffPolicyOptions options, IEpisodeVector environment, IOffPolicyAlgorithm algorithm, Seed seed,
        OffPolicyExtras? extras = null)
    {
        (_options, _environment, _algorithm) = (options, environment, algorithm);
        _extras = extras ?? new OffPolicyExtras();
        var port = new ActionPort(environment);
        _replay = new ReplayBuffer(options.Replay, environment, port.Size, _extras.Signals, _extras.Shaping);
        _collector = new ExperienceCollector(
            environment, port, _replay, seed.For("actions"), learnsScaling: _extras.Scaling is null);
        _batch = new ReplayBatch(options.BatchSize, environment.ObservationSize, port.Size);
        _errors = new float[options.BatchSize];
        _normalizer = _extras.Scaling is { } scaling ? new ObservationNormalizer(scaling)
            : options.NormalizeObservations ? new ObservationNormalizer(environment.ObservationSize) : null;
        _draws = seed.For("replay").Stream();
        _updateNoise = seed.For("updates").Stream();
    }

    /// <summary>Rounds done.</summary>
    public long Rounds { get; private set; }

    /// <summary>Steps taken over all episodes.</summary>
    public long Steps => Rounds * StepsPerRound;

    /// <summary>Updates made, skipped ones included: the job's own step count.</summary>
    public long Updates { get; private set; }

    public bool Finished => Steps >= _options.TotalSteps;

    /// <summary>The best policy that a look has found.</summary>
    public OffPolicySnapshot? Best { get; private set; }

    internal IOffPolicyAlgorithm Algorithm => _algorithm;

    /// <summary>What it learns from.</summary>
    public ReplayBuffer Replay => _replay;

    private long StepsPerRound => (long)_options.StepsPerRound * _environment.Count;

    /// <summary>A copy of the policy as it is now.</summary>
    public OffPolicySnapshot Current(double score = double.NaN) =>
        new(Steps, score, _algorithm.Learned(), _normalizer?.State);

    /// <summary>Begins with what a snapshot of a learner of the same shape has learned; to be called before the first
    /// round.</summary>
    /// <exception cref="InvalidDataException">It is of another shape.</exception>
    public void Begin(OffPolicySnapshot snapshot) => _algorithm.Begin(snapshot.Parameters);

    /// <summary>Lets the next actions see what the environment shows by now.</summary>
    /// <param name="observe">Writes the current observations, [episode, entry].</param>
    public void Refresh(Action<float[]> observe) => _collector.Refresh(observe);

    /// <summary>The greedy policy of a snapshot; it takes raw observations.</summary>
    public IGreedyPolicy Policy(OffPolicySnapshot snapshot)
    {
        var policy = _algorithm.Policy(snapshot.Parameters);
        return snapshot.Normalizer is { } state
            ? new ScaledPolicy(policy, new ObservationNormalizer(state)) : policy;
    }

    /// <summary>One round.</summary>
    /// <exception cref="NumericalInstabilityException">A gradient is not finite; the learner is spoiled and
    /// must be restored from its last saved state.</exception>
    public OffPolicyRound Iterate()
    {
        var before = Steps;
        var returns = default(CollectedReturns);
        for (var step = 0; step < _options.StepsPerRound; step++)
        {
            var done = before + step * _environment.Count;
            _collector.Advance(
                _algorithm, _normalizer, done, done < _options.LearningStarts, ref returns);
        }

        Rounds++;
        _algorithm.Collected(before, Steps);
        UpdateTerms? terms = null;
        for (var update = 0; update < _options.UpdatesPerRound && Steps >= _options.LearningStarts; update++)
        {
            terms = Update();
        }

        return new OffPolicyRound(Steps, Updates, returns, terms, Look(before));
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

    /// <summary>One update from the replay as it is.</summary>
    public UpdateTerms Update()
    {
        var beta = _options.Replay.Priorities is { } priorities
            ? new LinearSchedule(priorities.BetaStart, 1, _options.TotalSteps).At(Steps) : 0;
        _replay.Sample(_batch, _draws, beta);
        if (_normalizer is { } scaling)
        {
            scaling.Apply(_batch.Observations, _batch.Observations);
            scaling.Apply(_batch.NextObservations, _batch.NextObservations);
        }

        var number = Updates++;
        var recovery = _extras.Faults.Recovery;
        var step = new UpdateStep(
            number,
            _options.LearningRate.At(Steps) * recovery.LearningRateScaleAt(number),
            _options.MaximumGradientNorm * recovery.ClipScaleAt(number),
            recovery.Skips(number),
            _extras.Faults.NanGradientAt.Contains(number),
            _updateNoise);
        var terms = _extras.Joint is { } joint
            ? joint.Update(_batch, step, whole => _algorithm.Update(_batch, whole, _errors))
            : _algorithm.Update(_batch, step, _errors);
        if (!step.Skip)
        {
            _replay.Reprioritise(_batch.Slots, _errors);
        }

        return terms;
    }

    /// <summary>Everything that decides the rest of the training.</summary>
    public byte[] Save()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(_algorithm.Name);
        writer.Write(Rounds);
        writer.Write(Updates);
        writer.Write(Best is not null);
        Best?.Write(writer);
        OffPolicySnapshot.WriteNormalizer(writer, _normalizer?.State);
        StateCodec.Write(writer, _draws.State);
        StateCodec.Write(writer, _updateNoise.State);
        _collector.Write(writer);
        _algorithm.Write(writer);
        _replay.Write(writer);
        writer.Flush();
        return memory.ToArray();
    }

    /// <exception cref="InvalidDataException">The state belongs to another learner or another
    /// spec.</exception>
    public void Restore(ReadOnlyMemory<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        try
        {
            Read(reader);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("the saved state ends before it is whole", e);
        }
    }

    private void Read(BinaryReader reader)
    {
        var name = reader.ReadString();
        if (name != _algorithm.Name)
        {
            throw new InvalidDataException($"the saved state is of {name}, this learner is {_algorithm.Name}");
        }

        (Rounds, Updates) = (reader.ReadInt64(), reader.ReadInt64());
        Best = reader.ReadBoolean() ? OffPolicySnapshot.Read(reader) : null;
        _normalizer = OffPolicySnapshot.ReadNormalizer(reader) is { } scaling
            ? new ObservationNormalizer(scaling) : null;
        _draws = RandomStream.Restore(StateCodec.ReadStream(reader));
        _updateNoise = RandomStream.Restore(StateCodec.ReadStream(reader));
        _collector.Read(reader);
        _algorithm.Read(reader);
        _replay.Read(reader);
    }

    private double? Look(long before)
    {
        if (_extras.Evaluation is not { } plan
            || (!Finished && before / plan.EverySteps == Steps / plan.EverySteps))
        {
            return null;
        }

        var score = plan.Score(Policy(Current()));
        Consider(score);
        return score;
    }
}

/// <summary>What a learner may be given besides its options.</summary>
public sealed record OffPolicyExtras
{
    /// <summary>When the policy is judged; null: only <see cref="OffPolicyLearner.Consider"/>
    /// keeps one.</summary>
    public EvaluationPlan? Evaluation { get; init; }

    /// <summary>What priorities look at besides the TD error.</summary>
    public BarSignals? Signals { get; init; }

    /// <summary>Added to the rewards that are learned from.</summary>
    public IHindsightReward? Shaping { get; init; }

    /// <summary>A scaling of observations that stays as it is; null: as the options say.</summary>
    public NormalizerState? Scaling { get; init; }

    /// <summary>What computes a part of the observations and is learned together with the algorithm.</summary>
    internal IJointUpdate? Joint { get; init; }

    /// <summary>A thread for half of an update's products, the caller's; null: the learner's own thread
    /// does all. It changes no bit.</summary>
    public SecondThread? Second { get; init; }

    public TrainingFaults Faults { get; init; } = TrainingFaults.None;
}

/// <summary>One round in numbers.</summary>
/// <param name="Steps">Over all episodes so far.</param>
/// <param name="Updates">So far.</param>
/// <param name="Returns">Of the episodes that ended in it.</param>
/// <param name="Last">Terms of its last update; null where there was none.</param>
/// <param name="Score">Of its look at the policy, if one was due.</param>
public sealed record OffPolicyRound(
    long Steps, long Updates, CollectedReturns Returns, UpdateTerms? Last, double? Score);

/// <summary>Scales observations on the way to a policy.</summary>
internal sealed class ScaledPolicy(IGreedyPolicy policy, ObservationNormalizer normalizer) : IGreedyPolicy
{
    private readonly float[] _scaled = new float[normalizer.Width];

    public void Act(ReadOnlySpan<float> observation, Span<float> action)
    {
        normalizer.Apply(observation, _scaled);
        policy.Act(_scaled, action);
    }
}
