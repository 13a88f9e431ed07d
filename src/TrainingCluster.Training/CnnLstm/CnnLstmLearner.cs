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
/// Fits one encoder: mini-batches in a shuffled order of its own stream, Adam or SGD, global clipping, a
/// falling rate, early stopping on the validation loss with the best weights kept. One thread owns it.
/// </summary>
internal sealed class CnnLstmLearner : IDisposable
{
    private readonly CnnLstmOptions _options;
    private readonly LabelledBars _train;
    private readonly LabelledBars? _validation;
    private readonly AccumulatedPass _pass;
    private readonly IFlatOptimizer _optimizer;
    private readonly RandomStream _shuffle;
    private readonly float[] _weights;
    private readonly float[] _gradients;
    private readonly float[] _drawWeights;
    private readonly FitStages _stages;
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
    /// <param name="start">What to fit instead of an encoder with drawn weights; null for that.</param>
    public CnnLstmLearner(
        CnnLstmOptions options,
        WindowView windows,
        LabelledBars train,
        LabelledBars? validation,
        Seed seed,
        CnnLstmLearnerState? resumed,
        FitStart? start = null)
    {
        _options = options;
        _train = options.Training.WeightedSampling ? train.Even() : train;
        _validation = validation;
        _drawWeights = [.. train.UpWeight];
        _stages = new FitStages(options, start?.Weights is not null, BatchesPerEpoch);
        var network = start?.Network ?? (() => new CnnLstmNetwork(
            options.Architecture(windows.Matrix.Columns), seed.For("weights").Stream()));
        var drawn = start?.Weights ?? Drawn(network);
        var pass = start?.Pass ?? EncoderPasses.Create(network, windows, _train, options.Training);
        _pass = new AccumulatedPass(pass, resumed?.Cursor.LargestPass ?? options.LargestPass);
        if (resumed is null)
        {
            _weights = [.. drawn];
            _best = [.. drawn];
            _optimizer = Optimizer(new FlatAdamState(
                new float[drawn.Length], new float[options.Training.Sgd ? 0 : drawn.Length], 0));
            _shuffle = seed.For("batches").Stream();
            _order = [.. Enumerable.Range(0, train.Count)];
            Reorder();
            _cursor = Begin() with { Pace = AdaptiveRate.Start(options.LearningRate) };
        }
        else
        {
            _weights = [.. resumed.Weights];
            _best = [.. resumed.BestWeights];
            _optimizer = Optimizer(resumed.Adam);
            _shuffle = RandomStream.Restore(resumed.Cursor.Shuffle);
            _order = [.. resumed.Order];
            _cursor = resumed.Cursor;
        }

        _pass.Restore(_weights);
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
        Adam = _optimizer.Capture(),
        BestWeights = [.. _best],
        Order = [.. _order],
        Cursor = _cursor with
        {
            Shuffle = _shuffle.State,
            AdamSteps = _optimizer.Steps,
            LargestPass = _pass.Largest,
        },
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

        if (!control.Skip)
        {
            _pass.Announce(Samples(_cursor.Batch + 1));
            Update(Samples(_cursor.Batch), control);
        }

        _cursor = _cursor with { Batch = _cursor.Batch + 1 };
        return _cursor.Batch == BatchesPerEpoch ? EndEpoch(control.Step) : null;
    }

    /// <summary>Logits of the best weights.</summary>
    /// <returns>[bar, 4] in the order of the bars.</returns>
    public float[] BestLogits(ReadOnlySpan<int> bars)
    {
        _pass.Restore(_best);
        var logits = _pass.Logits(bars);
        _pass.Restore(_weights);
        return logits;
    }

    public void Dispose() => _pass.Dispose();

    private static float[] Drawn(Func<nn.Module<Tensor, Tensor>> network)
    {
        using var drawn = network();
        return NetworkWeights.Flatten(drawn);
    }

    private IFlatOptimizer Optimizer(FlatAdamState state) => _options.Training.Sgd
        ? new FlatSgd(state, _options.Training.Momentum, _options.WeightDecay)
        : new FlatAdam(state, _options.WeightDecay);

    /// <summary>Samples of a batch of the running epoch; none behind the last.</summary>
    private ReadOnlySpan<int> Samples(int batch)
    {
        var first = Math.Min(batch * _options.Batch, EpochSamples);
        return _order.AsSpan(first, Math.Min(_options.Batch, EpochSamples - first));
    }

    private void Reorder()
    {
        if (_options.Training.WeightedSampling)
        {
            SampleOrder.Weighted(_shuffle, _drawWeights, _order);
        }
        else
        {
            _shuffle.Shuffle<int>(_order);
        }
    }

    private void Update(ReadOnlySpan<int> samples, in StepControl control)
    {
        var loss = _pass.LossAndGradients(samples, _gradients);
        if (control.Poison)
        {
            _gradients[0] = float.NaN;
        }

        if (!double.IsFinite(loss))
        {
            throw new NumericalInstabilityException(
                control.Step, $"the loss in {control.Phase}", _cursor.Batch);
        }

        var active = _stages.Active(_pass.Layout, _cursor.Epoch);
        Freeze(active);
        var norm = GradientNorm.Of(_gradients);
        if (!double.IsFinite(norm))
        {
            throw new NumericalInstabilityException(
                control.Step, $"the gradient norm in {control.Phase}", _cursor.Batch);
        }

        GradientNorm.Clip(_gradients, norm, _options.ClipNorm * control.ClipScale);
        _optimizer.Step(_weights, _gradients, _stages.RateAt(_cursor) * control.LearningRateScale, active.AsSpan());
        _pass.Restore(_weights);
        _cursor = _cursor with
        {
            LossSum = _cursor.LossSum + loss * samples.Length,
            LossSamples = _cursor.LossSamples + samples.Length,
            LargestGradientNorm = Math.Max(_cursor.LargestGradientNorm, norm),
        };
    }

    /// <summary>What does not move does not count in the norm either.</summary>
    private void Freeze(ImmutableArray<ParameterSpan> active)
    {
        foreach (var (_, start, count) in _pass.Layout.Except(active))
        {
            _gradients.AsSpan(start, count).Clear();
        }
    }

    private CnnLstmEpoch EndEpoch(long step)
    {
        var (loss, accuracy) = (double.NaN, double.NaN);
        var stopping = _cursor.Stopping;
        if (_validation is not null)
        {
            var logits = _pass.Logits(_validation.Bars.AsSpan());
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
            _stages.RateAt(_cursor),
            _cursor.LargestGradientNorm);
        Reorder();
        var judged = _validation is null ? epoch.Loss : loss;
        _cursor = Begin() with
        {
            Epoch = _cursor.Epoch + 1,
            Pace = _cursor.Pace?.After(judged, _options.LearningRateDecay, _options.MinimumLearningRate),
            Stopping = stopping,
            History = _cursor.History.Add(epoch),
        };
        return epoch;
    }

    private CnnLstmCursor Begin() => new()
    {
        Epoch = 0,
        Batch = 0,
        AdamSteps = _optimizer.Steps,
        Shuffle = _shuffle.State,
        LossSum = 0,
        LossSamples = 0,
        LargestGradientNorm = 0,
        Stopping = EarlyStopping.Start,
        History = [],
    };
}
