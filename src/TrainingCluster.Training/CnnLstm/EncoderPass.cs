using TrainingCluster.Features.Windows;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Supervised;
using static TorchSharp.torch;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// One network that reads windows, on its device and in its precision: any module from [batch, time, feature]
/// to [batch, 4] logits. Gradient checkpointing needs the encoder itself, whose convolutions it computes
/// twice.
/// </summary>
internal sealed class EncoderPass : IGradientPass
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly WindowView _windows;
    private readonly LabelledBars _samples;
    private readonly SupervisedOptions _options;
    private readonly Device _device;
    private readonly Prefetch<EncoderBatch> _batches;
    private readonly PreparedBatches _prepared;

    /// <param name="network">Taken over, moved to the device and the precision.</param>
    /// <exception cref="ArgumentException">The network, the device or the precision is not there for what is
    /// asked.</exception>
    public EncoderPass(
        nn.Module<Tensor, Tensor> network, WindowView windows, LabelledBars samples, SupervisedOptions options)
    {
        (_network, _windows, _samples, _options) = (network, windows, samples, options);
        _device = ComputeDevice.Of(options.Device);
        Layout = LayoutOf(network);
        if (options.Checkpointing && network is not CnnLstmNetwork)
        {
            throw new ArgumentException(
                $"checkpointing is set, but {network.GetName()} has no convolutions to compute again");
        }

        if (options.BFloat16)
        {
            if (!ComputeDevice.HasBFloat16(_device))
            {
                throw new ArgumentException(
                    $"bf16 is 1, but libtorch has no bfloat16 layers on {_device}; set it to 0");
            }

            TorchSharp.ModuleExtensionMethods.to(network, ScalarType.BFloat16);
        }

        Place(network, options);
        _batches = new Prefetch<EncoderBatch>(Gather);
        _prepared = new PreparedBatches((long)options.CacheMegabytes << 20);
    }

    public ImmutableArray<ParameterSpan> Layout { get; }

    /// <summary>Batches that were gathered before they were asked for.</summary>
    public long Fetched => _batches.Fetched;

    /// <summary>Where each parameter lies in <see cref="NetworkWeights.Flatten"/>.</summary>
    public static ImmutableArray<ParameterSpan> LayoutOf(nn.Module network)
    {
        var layout = ImmutableArray.CreateBuilder<ParameterSpan>();
        var start = 0;
        foreach (var (name, parameter) in NetworkWeights.Named(network))
        {
            var count = (int)parameter.numel();
            layout.Add(new ParameterSpan(name, start, count));
            start += count;
        }

        return layout.ToImmutable();
    }

    public void Restore(ReadOnlySpan<float> weights) => NetworkWeights.Restore(_network, weights);

    public void Announce(ReadOnlySpan<int> samples)
    {
        if (_options.Prefetch)
        {
            _batches.Announce(samples);
        }
    }

    public double LossAndGradients(ReadOnlySpan<int> samples, Span<float> gradients)
    {
        var batch = _batches.Take(samples);
        using var scope = NewDisposeScope();
        _network.zero_grad();
        var windows = OnDevice(TensorCopies.Of(
            batch.Windows, samples.Length, _windows.Length, _windows.Matrix.Columns));
        var loss = _options.Checkpointing
            ? Checkpointed((CnnLstmNetwork)_network, windows, batch)
            : Plain(windows, batch);
        NetworkWeights.Gradients(_network, gradients);
        return loss;
    }

    public float[] Logits(ReadOnlySpan<int> bars) =>
        EncoderInference.Logits(_network, _windows, bars, OnDevice, _prepared);

    public void Dispose() => _network.Dispose();

    private static void Place(nn.Module<Tensor, Tensor> network, SupervisedOptions options)
    {
        if (network is CnnLstmNetwork encoder && options.RecurrentDevice != options.Device)
        {
            encoder.Place(ComputeDevice.Of(options.Device), ComputeDevice.Of(options.RecurrentDevice));
        }
        else if (options.Device != ComputeDevice.Cpu)
        {
            TorchSharp.ModuleExtensionMethods.to(network, ComputeDevice.Of(options.Device));
        }
    }

    private double Plain(Tensor windows, EncoderBatch batch)
    {
        var loss = batch.Loss(_network.call(windows));
        loss.backward();
        return loss.item<float>();
    }

    /// <summary>
    /// Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost", with one segment that is forgotten:
    /// the convolutions run without a history, then again for the gradient that arrives at them.
    /// </summary>
    private static double Checkpointed(CnnLstmNetwork network, Tensor windows, EncoderBatch batch)
    {
        Tensor features;
        using (no_grad())
        {
            features = network.Convolve(windows);
        }

        features.requires_grad_();
        var loss = batch.Loss(network.Read(features, windows));
        loss.backward();
        network.Convolve(windows).backward(grad_tensors: [features.grad!]);
        return loss.item<float>();
    }

    private Tensor OnDevice(Tensor windows)
    {
        var typed = _options.BFloat16 ? windows.to(ScalarType.BFloat16) : windows;
        return _options.Device == ComputeDevice.Cpu ? typed : typed.to(_device);
    }

    private EncoderBatch Gather(int[] samples) => EncoderBatch.Gather(_windows, _samples, samples);
}
