using TrainingCluster.Models.Numerics;
using static TorchSharp.torch;

namespace TrainingCluster.Training.Supervised;

/// <summary>Devices by number: −1 is the CPU, the others are CUDA's.</summary>
internal static class ComputeDevice
{
    public const int Cpu = -1;

    public const string Rule = "-1 for the CPU, or the number of a CUDA device where libtorch finds one";

    public static bool Exists(int number) => number == Cpu || (number > Cpu && cuda.is_available());

    public static Device Of(int number) =>
        number == Cpu ? CPU : new Device(TorchSharp.DeviceType.CUDA, number);

    /// <summary>Whether the device computes and differentiates an encoder's layers in bfloat16.</summary>
    public static bool HasBFloat16(Device device)
    {
        try
        {
            using var scope = NewDisposeScope();
            using var convolution = nn.Conv1d(2, 2, 1);
            using var recurrent = nn.LSTM(2, 2, batchFirst: true);
            TorchSharp.ModuleExtensionMethods.to(convolution, device, ScalarType.BFloat16);
            TorchSharp.ModuleExtensionMethods.to(recurrent, device, ScalarType.BFloat16);
            var input = TensorCopies.Of([1f, 2f, 3f, 4f], 1, 2, 2).to(ScalarType.BFloat16).to(device);
            var (output, _, _) = recurrent.call(convolution.call(input));
            output.to(ScalarType.Float32).sum().backward();
            return true;
        }
        catch (Exception refusal) when (refusal is System.Runtime.InteropServices.ExternalException
            or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }
}
