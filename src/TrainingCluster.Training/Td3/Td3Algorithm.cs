using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.ActorCritic;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.Training.Td3;

/// <summary>Twin delayed deep deterministic policy gradient.</summary>
internal sealed class Td3Algorithm : IOffPolicyAlgorithm
{
    private readonly Td3Options _options;
    private readonly int _entries;
    private readonly TwinCritics _critics;
    private readonly SplitNetwork _actor;
    private readonly LearnedWeights _weights;
    private readonly ActorSlopes _observed = new();
    private readonly float[] _target;
    private readonly float[] _nextActions;
    private readonly float[] _targets;
    private readonly float[] _slopes;

    /// <param name="episodes">Most observations that are acted on at once.</param>
    /// <param name="second">For the second critic, if any; the caller's.</param>
    public Td3Algorithm(
        Td3Options options, int observations, int entries, int episodes, Seed seed,
        SecondThread? second = null)
    {
        (_options, _entries) = (options, entries);
        var rows = Math.Max(options.Learning.BatchSize, episodes);
        var epsilon = options.Learning.AdamEpsilon;
        _critics = new TwinCritics(observations, entries, options.Hidden, rows, epsilon, seed, second);
        var shape = new DenseNetwork(
            [observations, .. options.Hidden, entries], Nonlinearity.Relu, Nonlinearity.Tanh);
        _actor = new SplitNetwork(shape, rows, second);
        _weights = new LearnedWeights(shape.ParameterCount, epsilon, second);
        shape.InitializeUniform(_weights.Values, seed.For("actor").Stream());
        _target = [.. _weights.Values];
        _nextActions = new float[rows * entries];
        _targets = new float[rows];
        _slopes = new float[rows * entries];
    }

    public string Name => "td3";

    public ReadOnlySpan<float> PolicyParameters => _weights.Values;

    public ImmutableArray<NamedNetwork> Networks => [new("policy", _actor.Shape), .. _critics.Networks];

    internal TwinCritics Critics => _critics;

    internal ReadOnlySpan<float> TargetActor => _target;

    /// <summary>The actor's, then the critics'.</summary>
    public float[] Learned() => [.. _weights.Values, .. _critics.Values];

    public void Begin(ReadOnlySpan<float> learned)
    {
        StateCodec.Expect(learned.Length, _weights.Values.Length + _critics.Values.Length, "parameters");
        learned[.._weights.Values.Length].CopyTo(_weights.Values);
        learned[.._weights.Values.Length].CopyTo(_target);
        _critics.Begin(learned[_weights.Values.Length..]);
    }

    public void Explore(
        ReadOnlySpan<float> observations, int episodes, long step, RandomStream random,
        Span<float> actions)
    {
        var outputs = _actor.Forward(_weights.Values, observations, episodes);
        var deviation = _options.ExplorationNoise.At(step);
        for (var i = 0; i < actions.Length; i++)
        {
            actions[i] = Cut(outputs[i] + (float)(deviation * random.NextGaussian()));
        }
    }

    public void Collected(long before, long after)
    {
    }

    public UpdateTerms Update(ReplayBatch batch, UpdateStep step, Span<float> errors)
    {
        Targets(batch, step.Random);
        var (loss, value) = _critics.Learn(batch, _targets, 1, step, errors);
        if ((step.Number + 1) % _options.PolicyDelay == 0)
        {
            UpdateActor(batch, step);
        }

        return UpdateTerms.Of(loss, value);
    }

    public IGreedyPolicy Policy(ReadOnlySpan<float> parameters) =>
        new ActorPolicy(_actor.Shape, parameters.ToArray(), _entries, squash: false);

    public void Write(BinaryWriter writer)
    {
        _critics.Write(writer);
        _weights.Write(writer);
        StateCodec.Write(writer, _target);
    }

    public void Read(BinaryReader reader)
    {
        _critics.Read(reader);
        _weights.Read(reader);
        StateCodec.Read(reader, _target);
    }

    private static float Cut(float action) => Math.Clamp(action, -1, 1);

    /// <summary>
    /// y = r + discount · min Q⁻(s′, a′), with a′ the slow actor's action and clipped noise: equations 14 and
    /// 15 of the paper.
    /// </summary>
    private void Targets(ReplayBatch batch, RandomStream random)
    {
        var next = _actor.Forward(_target, batch.NextObservations, batch.Rows);
        var limit = _options.TargetNoiseLimit;
        for (var i = 0; i < next.Length; i++)
        {
            var noise = Math.Clamp(_options.TargetNoise * random.NextGaussian(), -limit, limit);
            _nextActions[i] = Cut(next[i] + (float)noise);
        }

        _critics.TargetMinimum(batch.NextObservations, _nextActions, batch.Rows, _targets);
        for (var row = 0; row < batch.Rows; row++)
        {
            _targets[row] = batch.Rewards[row] + batch.Discounts[row] * _targets[row];
        }
    }

    /// <summary>Ascends the first critic, and lets the slow copies follow.</summary>
    private void UpdateActor(ReplayBatch batch, UpdateStep step)
    {
        var rows = batch.Rows;
        var actions = _actor.Forward(_weights.Values, batch.Observations, rows);
        var slopes = _slopes.AsSpan(0, rows * _entries);
        _critics.ActionSlopes(batch.Observations, actions, rows, smaller: false, slopes);
        foreach (ref var slope in slopes)
        {
            slope *= -1f / rows;
        }

        Array.Clear(_weights.Gradient);
        _actor.Backward(_slopes, _weights.Gradient, _observed.Room(step));
        _observed.AddTo(step);
        step.Apply(_weights, "actor");
        if (!step.Skip)
        {
            _critics.Follow(_options.TargetShare);
            _weights.BlendInto(_target, _options.TargetShare);
        }
    }
}
