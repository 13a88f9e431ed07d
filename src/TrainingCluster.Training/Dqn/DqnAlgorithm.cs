using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Models.Values;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.Training.Dqn;

/// <summary>
/// Deep Q-learning over one branch (DQN) or several (BDQ), with an optional auxiliary task on the trunk.
/// </summary>
internal sealed class DqnAlgorithm : IOffPolicyAlgorithm
{
    private readonly DqnOptions _options;
    private readonly IAuxiliaryTask? _auxiliary;
    private readonly SecondThread? _second;
    private readonly BranchingNetwork _network;
    private readonly BranchingScratch _scratch;
    private readonly BranchingScratch _targetScratch;
    private readonly LearnedWeights _weights;
    private readonly float[] _target;
    private readonly int[] _branches;
    private readonly float[] _targets;
    private readonly float[] _slopes;
    private readonly float[] _choosing;
    private readonly float[] _auxiliarySlopes;

    /// <param name="episodes">Most observations that are acted on at once.</param>
    /// <param name="second">For the target network, if any; the caller's.</param>
    public DqnAlgorithm(
        DqnOptions options, BranchingNetworkOptions shape, int episodes, Seed seed,
        IAuxiliaryTask? auxiliary = null, SecondThread? second = null)
    {
        (_options, _auxiliary, _second) = (options, auxiliary, second);
        var rows = Math.Max(options.Learning.BatchSize, episodes);
        _network = new BranchingNetwork(shape);
        _scratch = new BranchingScratch(_network, rows);
        _targetScratch = new BranchingScratch(_network, rows);
        _weights = new LearnedWeights(_network.ParameterCount, options.Learning.AdamEpsilon, second);
        _network.Initialize(
            _weights.Values, seed.For("weights").Stream(), seed.For("auxiliary weights").Stream());
        _target = [.. _weights.Values];
        _branches = [.. shape.Branches];
        _targets = new float[rows];
        _slopes = new float[rows * shape.Choices];
        _choosing = new float[options.Double ? _slopes.Length : 0];
        _auxiliarySlopes = new float[auxiliary is null ? 0 : rows];
    }

    public string Name => _branches.Length == 1 ? "dqn" : "bdq";

    public ReadOnlySpan<float> PolicyParameters => _weights.Values.AsSpan(0, _network.ValueParameterCount);

    public ImmutableArray<NamedNetwork> Networks =>
        [.. _network.Named.Select(part => part with { Name = $"policy.{part.Name}" })];

    public float[] Learned() => [.. _weights.Values];

    public void Begin(ReadOnlySpan<float> learned)
    {
        StateCodec.Expect(learned.Length, _weights.Values.Length, "parameters");
        learned.CopyTo(_weights.Values);
        learned.CopyTo(_target);
    }

    public void Explore(
        ReadOnlySpan<float> observations, int episodes, long step, RandomStream random,
        Span<float> actions)
    {
        var chance = _options.Exploration.At(step);
        var values = _network.Forward(_weights.Values, observations, episodes, _scratch);
        var at = 0;
        for (var i = 0; i < actions.Length; i++)
        {
            var choices = _branches[i % _branches.Length];
            actions[i] = random.NextDouble() < chance
                ? random.NextInt32(choices) : DqnLoss.Best(values.Slice(at, choices));
            at += choices;
        }
    }

    public void Collected(long before, long after)
    {
        if (before / _options.TargetEverySteps != after / _options.TargetEverySteps)
        {
            _weights.BlendInto(_target, _options.TargetShare);
        }
    }

    public UpdateTerms Update(ReplayBatch batch, UpdateStep step, Span<float> errors)
    {
        var rows = batch.Rows;
        var targets = _targets.AsSpan(0, rows);
        Values(batch);
        var valuing = _targetScratch.Values.AsSpan(0, rows * _network.Options.Choices);
        var choosing = _options.Double ? _choosing.AsSpan(0, valuing.Length) : valuing;
        DqnLoss.Targets(batch.Rewards, batch.Discounts, choosing, valuing, _branches, targets);

        var values = _scratch.Values.AsSpan(0, valuing.Length);
        var slopes = _slopes.AsSpan(0, values.Length);
        var loss = DqnLoss.Errors(
            values, batch.Actions, targets, batch.Weights, _branches, (float)_options.HuberWidth, slopes,
            errors);
        var (auxiliary, auxiliarySlopes) = Auxiliary(batch);
        Array.Clear(_weights.Gradient);
        var scale = _options.ScaleTrunkGradient ? 1f / (_branches.Length + 1) : 1;
        _network.Backward(
            _weights.Values, batch.Observations, rows, _scratch, slopes, auxiliarySlopes, scale,
            _weights.Gradient, step.ObservationSlopes);
        step.Apply(_weights, Name);
        return new UpdateTerms(loss, Mean(targets), double.NaN, auxiliary);
    }

    public IGreedyPolicy Policy(ReadOnlySpan<float> parameters) =>
        new BranchingPolicy(
            new BranchingNetwork(_network.Options with { Auxiliary = false }), parameters.ToArray());

    public void Write(BinaryWriter writer)
    {
        _weights.Write(writer);
        StateCodec.Write(writer, _target);
    }

    public void Read(BinaryReader reader)
    {
        _weights.Read(reader);
        StateCodec.Read(reader, _target);
    }

    /// <summary>The auxiliary head's output for raw network inputs: [rows].</summary>
    internal ReadOnlySpan<float> AuxiliaryOutputs(ReadOnlySpan<float> observations, int rows)
    {
        _network.Forward(_weights.Values, observations, rows, _scratch);
        return _network.Auxiliary(_weights.Values, rows, _scratch);
    }

    /// <summary>All values of an update; those of the observations last, for the gradient.</summary>
    private void Values(ReplayBatch batch)
    {
        void Target() => _network.Forward(_target, batch.NextObservations, batch.Rows, _targetScratch);
        void Online()
        {
            if (_options.Double)
            {
                _network.Forward(_weights.Values, batch.NextObservations, batch.Rows, _scratch).CopyTo(_choosing);
            }

            _network.Forward(_weights.Values, batch.Observations, batch.Rows, _scratch);
        }

        if (_second is not null)
        {
            _second.Run(Online, Target);
            return;
        }

        Target();
        Online();
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

    private (double Loss, float[] Slopes) Auxiliary(ReplayBatch batch)
    {
        if (_auxiliary is not { Weight: > 0 } task)
        {
            return (double.NaN, []);
        }

        var outputs = _network.Auxiliary(_weights.Values, batch.Rows, _scratch);
        return (task.Slopes(batch, outputs, _auxiliarySlopes), _auxiliarySlopes);
    }
}
