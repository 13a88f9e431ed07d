using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.ActorCritic;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.Training.Sac;

/// <summary>Soft actor-critic with twin critics and an automatic temperature.</summary>
internal sealed class SacAlgorithm : IOffPolicyAlgorithm
{
    private readonly SacOptions _options;
    private readonly int _entries;
    private readonly double _targetEntropy;
    private readonly TwinCritics _critics;
    private readonly SplitNetwork _actor;
    private readonly SplitNetwork _nextActor;
    private readonly LearnedWeights _weights;
    private readonly ActorSlopes _observed = new();
    private readonly LearnedWeights _temperature;
    private readonly Draw _now;
    private readonly Draw _next;
    private readonly float[] _targets;
    private readonly float[] _valueSlopes;
    private readonly float[] _headSlopes;

    /// <param name="episodes">Most observations that are acted on at once.</param>
    /// <param name="second">For the second critic, if any; the caller's.</param>
    public SacAlgorithm(
        SacOptions options, int observations, int entries, int episodes, Seed seed,
        SecondThread? second = null)
    {
        (_options, _entries) = (options, entries);
        _targetEntropy = options.TargetEntropy ?? -entries;
        var rows = Math.Max(options.Learning.BatchSize, episodes);
        var epsilon = options.Learning.AdamEpsilon;
        _critics = new TwinCritics(observations, entries, options.Hidden, rows, epsilon, seed, second);
        var shape = new DenseNetwork([observations, .. options.Hidden, 2 * entries], Nonlinearity.Relu);
        _actor = new SplitNetwork(shape, rows, second);
        _nextActor = new SplitNetwork(shape, rows, second);
        _weights = new LearnedWeights(shape.ParameterCount, epsilon, second);
        shape.InitializeUniform(_weights.Values, seed.For("actor").Stream());
        _temperature = new LearnedWeights(1, epsilon);
        _temperature.Values[0] = (float)Math.Log(options.InitialTemperature);
        (_now, _next) = (new Draw(rows, entries), new Draw(rows, entries));
        _targets = new float[rows];
        _valueSlopes = new float[rows * entries];
        _headSlopes = new float[rows * 2 * entries];
    }

    public string Name => "sac";

    public ReadOnlySpan<float> PolicyParameters => _weights.Values;

    /// <summary>α.</summary>
    public float Temperature => MathF.Exp(_temperature.Values[0]);

    public ImmutableArray<NamedNetwork> Networks => [new("policy", _actor.Shape), .. _critics.Networks];

    public ImmutableArray<string> Numbers => ["temperature.log"];

    internal TwinCritics Critics => _critics;

    /// <summary>The actor's, the critics', and log α.</summary>
    public float[] Learned() => [.. _weights.Values, .. _critics.Values, _temperature.Values[0]];

    public void Begin(ReadOnlySpan<float> learned)
    {
        StateCodec.Expect(
            learned.Length, _weights.Values.Length + _critics.Values.Length + 1, "parameters");
        learned[.._weights.Values.Length].CopyTo(_weights.Values);
        _critics.Begin(learned[_weights.Values.Length..^1]);
        _temperature.Values[0] = learned[^1];
    }

    public void Explore(
        ReadOnlySpan<float> observations, int episodes, long step, RandomStream random,
        Span<float> actions)
    {
        var heads = _actor.Forward(_weights.Values, observations, episodes);
        _now.Sample(heads, episodes, random);
        _now.Actions.AsSpan(0, episodes * _entries).CopyTo(actions);
    }

    public void Collected(long before, long after)
    {
    }

    public UpdateTerms Update(ReplayBatch batch, UpdateStep step, Span<float> errors)
    {
        var rows = batch.Rows;
        var alpha = Temperature;
        var heads = _actor.Forward(_weights.Values, batch.Observations, rows);
        _now.Sample(heads, rows, step.Random);
        var entropy = -Mean(_now.LogProbabilities.AsSpan(0, rows));
        AdjustTemperature(entropy, step);

        var next = _nextActor.Forward(_weights.Values, batch.NextObservations, rows);
        _next.Sample(next, rows, step.Random);
        Targets(batch, alpha);
        // SB3 and the paper halve the squared errors.
        var (loss, value) = _critics.Learn(batch, _targets, 0.5f, step, errors);

        _critics.ActionSlopes(batch.Observations, _now.Actions, rows, smaller: true, _valueSlopes);
        TanhGaussian.Slopes(
            heads, _now.Noise, _now.Actions.AsSpan(0, rows * _entries), _valueSlopes, _entries, alpha,
            1f / rows, _headSlopes);
        Array.Clear(_weights.Gradient);
        _actor.Backward(_headSlopes, _weights.Gradient, _observed.Room(step));
        _observed.AddTo(step);
        step.Apply(_weights, "actor");
        if (!step.Skip)
        {
            _critics.Follow(_options.TargetShare);
        }

        return new UpdateTerms(loss, value, entropy, double.NaN);
    }

    public IGreedyPolicy Policy(ReadOnlySpan<float> parameters) =>
        new ActorPolicy(_actor.Shape, parameters.ToArray(), _entries, squash: true);

    public void Write(BinaryWriter writer)
    {
        _critics.Write(writer);
        _weights.Write(writer);
        _temperature.Write(writer);
    }

    public void Read(BinaryReader reader)
    {
        _critics.Read(reader);
        _weights.Read(reader);
        _temperature.Read(reader);
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    /// <summary>y = r + discount · (min Q⁻(s′, a′) − α·log π(a′)): equations 3 and 5 of the paper.</summary>
    private void Targets(ReplayBatch batch, float alpha)
    {
        _critics.TargetMinimum(batch.NextObservations, _next.Actions, batch.Rows, _targets);
        for (var row = 0; row < batch.Rows; row++)
        {
            var soft = _targets[row] - alpha * _next.LogProbabilities[row];
            _targets[row] = batch.Rewards[row] + batch.Discounts[row] * soft;
        }
    }

    /// <summary>Descends −log α · (log π + target entropy): equation 18, by log α as is customary.</summary>
    private void AdjustTemperature(double entropy, UpdateStep step)
    {
        if (_options.AutomaticTemperature)
        {
            _temperature.Gradient[0] = (float)(entropy - _targetEntropy);
            step.Apply(_temperature, "temperature");
        }
    }

    /// <summary>Actions drawn from the actor's heads.</summary>
    private sealed class Draw(int rows, int entries)
    {
        public float[] Noise { get; } = new float[rows * entries];

        public float[] Actions { get; } = new float[rows * entries];

        public float[] LogProbabilities { get; } = new float[rows];

        public void Sample(ReadOnlySpan<float> heads, int count, RandomStream random)
        {
            for (var i = 0; i < count * entries; i++)
            {
                Noise[i] = (float)random.NextGaussian();
            }

            TanhGaussian.Sample(heads, Noise, entries, Actions, LogProbabilities.AsSpan(0, count));
        }
    }
}
