using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo.Recurrent;
using TrainingCluster.Training.Ppo.Reuse;

namespace TrainingCluster.Training.Ppo;

/// <summary>
/// One minibatch from the rollout to the new weights, on one thread or two. With two, one has the policy and the
/// other the value network: no sum is split, so the bytes are those of one thread.
/// </summary>
internal sealed class PpoMinibatch
{
    private readonly PpoBatch _batch;
    private readonly PpoGradient _loss;
    private readonly float[] _gradient;
    private readonly int _policyCount;
    private readonly SecondThread? _second;
    private readonly PpoMemory? _memory;
    private readonly float[] _policyInput;
    private readonly float[] _valueInput;
    private readonly Action[] _differentiate;
    private readonly Action[] _apply;
    private PpoNetwork _network = null!;
    private Adam _adam = null!;
    private PpoLossWeights _weights;
    private PpoPolicyTerms _policyTerms;
    private AdamStep _step;
    private double _valueError;
    private double _policySquares;
    private double _valueSquares;
    private double _memorySquares;
    private double _clip;

    /// <param name="rows">Transitions of a minibatch.</param>
    /// <param name="second">Does half of the work; null: all is done by the caller's thread.</param>
    /// <param name="memory">Makes the observations of what was seen; null: they are what was seen.</param>
    public PpoMinibatch(PpoNetwork shape, int rows, SecondThread? second, PpoMemory? memory = null)
    {
        _memory = memory;
        _policyInput = new float[memory is null ? 0 : rows * shape.Options.Observations];
        _valueInput = new float[_policyInput.Length];
        _batch = new PpoBatch(rows, shape.Options.Observations);
        _loss = new PpoGradient(shape, rows);
        _gradient = new float[shape.ParameterCount];
        _policyCount = shape.Policy.ParameterCount;
        _second = second;
        _differentiate = [DifferentiatePolicy, DifferentiateValue];
        _apply = [ApplyPolicy, ApplyValue];
    }

    /// <summary>Of the last <see cref="Differentiate"/>, over all networks.</summary>
    public double GradientNorm => Math.Sqrt(_policySquares + _valueSquares + _memorySquares);

    /// <summary>Gathers transitions and computes the loss and its gradient.</summary>
    public PpoLossTerms Differentiate(
        PpoNetwork network, RolloutBuffer rollout, ReadOnlySpan<int> transitions, PpoLossWeights weights)
    {
        _batch.Gather(rollout, transitions);
        if (_memory is null)
        {
            return Differentiate(network, weights);
        }

        PpoLossTerms terms = default;
        _memorySquares = _memory.Differentiate(transitions, _batch.Observations, () =>
        {
            terms = Differentiate(network, weights);
            for (var i = 0; i < _policyInput.Length; i++)
            {
                _policyInput[i] += _valueInput[i];
            }

            return _policyInput;
        });
        return terms;
    }

    /// <summary>The same with replayed transitions beside the fresh ones.</summary>
    public PpoLossTerms Differentiate(
        PpoNetwork network, RolloutBuffer rollout, ReadOnlySpan<int> fresh, ReplayedSteps replayed,
        ReadOnlySpan<int> chosen, PpoLossWeights weights)
    {
        _batch.Gather(rollout, fresh, replayed, chosen);
        return Differentiate(network, weights);
    }

    private PpoLossTerms Differentiate(PpoNetwork network, PpoLossWeights weights)
    {
        (_network, _weights) = (network, weights);
        Run(_differentiate);
        return PpoLossTerms.Of(weights, _policyTerms, _valueError);
    }

    /// <summary>Makes the gradient not finite: what a test wants to happen.</summary>
    public void Poison() => _policySquares = _gradient[0] = float.NaN;

    /// <summary>Clips the gradient and takes the optimizer's step.</summary>
    public void Apply(Adam adam, double rate, double maximumNorm)
    {
        (_adam, _clip, _step) = (adam, maximumNorm, adam.Begin(rate));
        Run(_apply);
        _memory?.Apply(rate, GradientNorm, maximumNorm);
    }

    private void Run(Action[] both)
    {
        if (_second is null)
        {
            both[0]();
            both[1]();
        }
        else
        {
            _second.Run(both[0], both[1]);
        }
    }

    private void DifferentiatePolicy()
    {
        _policyTerms = _loss.PolicyPart(_network, _batch, _weights, _gradient, _policyInput);
        _policySquares = Policies.GradientNorm.SquareSum(_gradient.AsSpan(0, _policyCount));
    }

    private void DifferentiateValue()
    {
        _valueError = _loss.ValuePart(_network, _batch, _weights, _gradient, _valueInput);
        _valueSquares = Policies.GradientNorm.SquareSum(_gradient.AsSpan(_policyCount));
    }

    private void ApplyPolicy() => Apply(0, _policyCount);

    private void ApplyValue() => Apply(_policyCount, _gradient.Length - _policyCount);

    private void Apply(int first, int count)
    {
        var gradient = _gradient.AsSpan(first, count);
        Policies.GradientNorm.Clip(gradient, GradientNorm, _clip);
        _adam.Apply(_step, first, _network.Parameters.Slice(first, count), gradient);
    }
}
