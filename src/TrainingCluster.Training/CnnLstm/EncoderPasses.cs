using TrainingCluster.Features.Windows;
using TrainingCluster.Training.Supervised;
using static TorchSharp.torch;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>One network, or as many replicas as the options want parts of a batch.</summary>
internal static class EncoderPasses
{
    /// <param name="network">Makes one more equal network.</param>
    public static IGradientPass Create(
        Func<nn.Module<Tensor, Tensor>> network, WindowView windows, LabelledBars samples,
        SupervisedOptions options)
    {
        IGradientPass Replica(int part) => new EncoderPass(network(), windows, samples, options with
        {
            Device = options.Device == ComputeDevice.Cpu ? ComputeDevice.Cpu : options.Device + part,
            RecurrentDevice = options.Device == ComputeDevice.Cpu
                ? options.RecurrentDevice
                : options.RecurrentDevice + part,
        });

        return options.Shards == 1
            ? Replica(0)
            : new ShardedPass([.. Enumerable.Range(0, options.Shards).Select(Replica)]);
    }
}
