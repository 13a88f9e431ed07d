using System.Globalization;

namespace TorchSharp;

/// <summary>Kinds of device, numbered as in libtorch.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device CUDA = new(DeviceType.CUDA);

    /// <param name="description">«cpu», «cuda» or «cuda:1».</param>
    public static Device device(string description) => new(description);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>Where a tensor lives.</summary>
    public class Device
    {
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = deviceType == DeviceType.CUDA && index < 0 ? 0 : index;
        }

        public Device(string description)
        {
            var parts = description.Split(':');
            type = parts[0].ToLowerInvariant() switch
            {
                "cpu" => DeviceType.CPU,
                "cuda" => DeviceType.CUDA,
                _ => throw Unknown(description),
            };
            index = type == DeviceType.CUDA ? 0 : -1;
            if (parts.Length == 1) return;
            if (parts.Length > 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture,
                out var at))
                throw Unknown(description);
            index = at;
        }

        public DeviceType type { get; private set; }

        /// <value>-1 where a kind has one device only.</value>
        public int index { get; private set; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString() =>
            type == DeviceType.CPU ? "cpu" : string.Create(CultureInfo.InvariantCulture, $"cuda:{index}");

        private static ArgumentException Unknown(string description) => new(
            $"the device is «{description}»; it must be «cpu», «cuda» or «cuda:N»", nameof(description));
    }

    public static partial class cuda
    {
        public static bool is_available() => Interop.Native.ts_cuda_is_available() != 0;
    }
}
