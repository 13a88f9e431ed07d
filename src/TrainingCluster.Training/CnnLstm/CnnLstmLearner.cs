using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Recovery;
using TrainingCluster.Training.Supervised;
using static TorchSharp.torch;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// Fits one encoder: mini-batches in a shuffled order of its own stream, Adam, global clipping, decaying
/// rate, early stopping on the validation loss with the best weights kept. One thread owns it.
/// </summary>
internal sealed class CnnLstmLearner : IDisposable
{
    private readonly CnnLstmOptions _options;
    private readonly WindowView _windows;
    private readonly LabelledBars _train;
    private readonly LabelledBars? _validation;
    private readonly CnnLstmNetwork _network;
    private readonly FlatAdam _adam;
    private readonly RandomStream _shuffle;
    private readonly float[] _weights;
    private readonly float[] _gradients;
    private readonly int[] _order;
    private float[] _best;
    private CnnLstmCursor _cursor;

    /// <param name="options">Epochs are counted by the options: without a validation set all of them are
    /// done.</param>
    /// <param name="windows">Read only.</param>
    /// <param name="train">At least one sample.</param>
    /// <param name="validation">Null to train a fixed number of epochs and keep the last weights.</param>
    /// <param name="seed">Weights and order are drawn from it.</param>
    /// <param name="resumed">Where to continue, or null to begin.</param>
    public CnnLstmLearner(
        CnnLstmOptions options,
        WindowView windows,
        LabelledBars train,
        LabelledBars? validation,
        Seed seed,
        CnnLstmLearnerState? resumed)
    {
        _options = options;
        _windows = windows;
        _train = train;
        _validation = validation;
        _network = new CnnLstmNetwork(
            options.Architecture(windows.Matrix.Columns), seed.For("weights").Stream());
        if (resumed is null)
        {
            _weights = NetworkWeights.Flatten(_network);
            _best = [.. _weights];
            _adam = new FlatAdam(_weights.Length, options.WeightDecay);
            _shuffle = seed.For("batches").Stream();
            _order = [.. Enumerable.Range(0, train.Count)];
            _shuffle.Shuffle<int>(_order);
            _cursor = Begin();
        }
        else
        {
            _weights = [.. resumed.Weights];
            NetworkWeights.Restore(_network, _weights);
            _best = [.. resumed.BestWeights];
            _adam = new FlatAdam(resumed.Adam, options.WeightDecay);
            _shuffle = RandomStream.Restore(resumed.Cursor.Shuffle);
            _order = [.. resumed.Order];
            _cursor = resumed.Cursor;
        }

        _gradients = new float[_weights.Length];
    }

    /// <summary>No step is left: the epochs are done or the validation loss has stopped falling.</summary>
    public bool Finished => _cursor.Epoch >= _options.Epochs
        || (_validation is not null && _cursor.Stopping.Stops(_options.Patience));

    public int BatchesPerEpoch => (EpochSamples + _options.Batch - 1) / _options.Batch;

    /// <summary>Every epoch draws its own from all samples.</summary>
    private int EpochSamples =>
        _options.EpochSamples == 0 ? _train.Count : Math.Min(_train.Count, _options.EpochSamples);

    public int EpochsDone => _cursor.Epoch;

    public EarlyStopping Stopping => _cursor.Stopping;

    public ImmutableArray<CnnLstmEpoch> History => _cursor.History;

    /// <summary>The weights to keep: of the best epoch, or the last where nothing judges.</summary>
    public float[] BestWeights => [.. _best];

    public CnnLstmLearnerState Capture() => new()
    {
        Weights = [.. _weights],
        Adam = _adam.Capture(),
        BestWeights = [.. _best],
        Order = [.. _order],
        Cursor = _cursor with { Shuffle = _shuffle.State, AdamSteps = _adam.Steps },
    };

    /// <summary>Does one batch; ends the epoch after its last one.</summary>
    /// <returns>The epoch that ended, or null.</returns>
    /// <exception cref="NumericalInstabilityException">The loss or the gradient is not finite; nothing was
    /// changed.</exception>
    public CnnLstmEpoch? Step(in StepControl control)
    {
        if (Finished)
        {
            throw new InvalidOperationException(
                $"the fit is finished after {EpochsDone} epochs; no step is left");
        }

        var first = _cursor.Batch * _options.Batch;
        var samples = _order.AsSpan(first, Math.Min(_options.Batch, EpochSamples - first));
        if (!control.Skip)
        {
            Update(samples, control);
        }

        _cursor = _cursor with { Batch = _cursor.Batch + 1 };
        return _cursor.Batch == BatchesPerEpoch ? EndEpoch(control.Step) : null;
    }

    /// <summary>Logits of the best weights.</summary>
    /// <returns>[bar, 4] in the order of the bars.</returns>
    public float[] BestLogits(ReadOnlySpan<int> bars)
    {
        NetworkWeights.Restore(_network, _best);
        var logits = EncoderInference.Logits(_network, _windows, bars);
        NetworkWeights.Restore(_network, _weights);
        return logits;
    }

    public void Dispose() => _network.Dispose();

    private void Update(ReadOnlySpan<int> samples, in StepControl control)
    {
        var loss = LossAndGradients(samples);
        if (control.Poison)
        {
            _gradients[0] = float.NaN;
        }

        if (!double.IsFinite(loss))
        {
            throw new NumericalInstabilityException(
                control.Step, $"the loss in {control.Phase}", _cursor.Batch);
        }

        var norm = GradientNorm.Of(_gradients);
        if (!double.IsFinite(norm))
        {
            throw new NumericalInstabilityException(
                control.Step, $"the gradient norm in {control.Phase}", _cursor.Batch);
        }

        GradientNorm.Clip(_gradients, norm, _options.ClipNorm * control.ClipScale);
        var rate = _options.LearningRateAt(_cursor.Epoch) * control.LearningRateScale;
        _adam.Step(_weights, _gradients, rate);
        NetworkWeights.Restore(_network, _weights);
        _cursor = _cursor with
        {
            LossSum = _cursor.LossSum + loss * samples.Length,
            LossSamples = _cursor.LossSamples + samples.Length,
            LargestGradientNorm = Math.Max(_cursor.LargestGradientNorm, norm),
        };
    }

    private double LossAndGradients(ReadOnlySpan<int> samples)
    {
        var count = samples.Length;
        var bars = new int[count];
        var (up, barrier) = (new float[count], new long[count]);
        var (upWeight, barrierWeight) = (new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var sample = samples[i];
            bars[i] = _train.Bars[sample];
            up[i] = _train.Up[sample];
            barrier[i] = _train.Barrier[sample];
            upWeight[i] = _train.UpWeight[sample];
            barrierWeight[i] = _train.BarrierWeight[sample];
        }

        using var scope = NewDisposeScope();
        _network.zero_grad();
        var logits = _network.call(EncoderInference.Batch(_windows, bars)); // [batch, 4]
        var loss = CnnLstmLoss.Compute(
            logits,
            TensorCopies.Of(up, count),
            TensorCopies.Of(barrier),
            TensorCopies.Of(upWeight, count),
            TensorCopies.Of(barrierWeight, count));
        loss.backward();
        NetworkWeights.Gradients(_network, _gradients);
        return loss.item<float>();
    }

    private CnnLstmEpoch EndEpoch(long step)
    {
        var (loss, accuracy) = (double.NaN, double.NaN);
        var stopping = _cursor.Stopping;
        if (_validation is not null)
        {
            var logits = EncoderInference.Logits(_network, _windows, _validation.Bars.AsSpan());
            loss = CnnLstmLoss.Evaluate(logits, _validation);
            accuracy = EncoderScores.Accuracy(logits, _validation);
            stopping = stopping.After(_cursor.Epoch + 1, loss, _options.MinimumImprovement);
        }

        if (_validation is null || stopping.Improved)
        {
            _best = [.. _weights];
        }

        var epoch = new CnnLstmEpoch(
            step + 1,
            _cursor.LossSamples == 0 ? double.NaN : _cursor.LossSum / _cursor.LossSamples,
            loss,
            accuracy,
            _options.LearningRateAt(_cursor.Epoch),
            _cursor.LargestGradientNorm);
        _shuffle.Shuffle<int>(_order);
        _cursor = Begin() with
        {
            Epoch = _cursor.Epoch + 1,
            Stopping = stopping,
            History = _cursor.History.Add(epoch),
        };
        return epoch;
    }

    private CnnLstmCursor Begin() => new()
    {
        Epoch = 0,
        Batch = 0,
        AdamSteps = _adam.Steps,
        Shuffle = _shuffle.State,
        LossSum = 0,
        LossSamples = 0,
        LargestGradientNorm = 0,
        Stopping = EarlyStopping.Start,
        History = [],
    };
}
