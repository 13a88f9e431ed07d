using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Supervised;

/// <summary>
/// How a fit computes, beyond its sizes and rates. Each has a default, with which the bytes of a fit are those
/// of one that does not know it.
/// </summary>
internal sealed record SupervisedOptions
{
    /// <summary>The names that a spec may set although budgets do not have them, with their defaults.</summary>
    public static HyperParameters Optional { get; } = HyperParameters.Of(
        ("optimizer", 0), ("momentum", 0.9), ("schedule", 0), ("period", 10),
        ("weighted_sampling", 0),
        ("largest_pass", 0), ("shards", 1), ("prefetch", 0), ("cache_mb", 0), ("bf16", 0),
        ("checkpointing", 0), ("device", -1), ("recurrent_device", -1), ("frozen_epochs", 0),
        ("tuning_rate", 0.1));

    /// <summary>SGD with momentum instead of Adam ("optimizer" 1 instead of 0).</summary>
    public bool Sgd { get; init; }

    /// <summary>Of SGD; 0 or more and below 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>What the learning rate follows.</summary>
    public RateSchedule Schedule { get; init; }

    /// <summary>Epochs of the first period of warm restarts; each is twice as long as the one before.</summary>
    public int Period { get; init; } = 10;

    /// <summary>Samples are drawn in proportion to their weights and count the same in the loss.</summary>
    public bool WeightedSampling { get; init; }

    /// <summary>Windows that go through the network at once; larger batches are accumulated. 0: all.</summary>
    public int LargestPass { get; init; }

    /// <summary>Parts of a batch that are computed at the same time, 1 or more. It decides the bits.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>The next batch is gathered on another thread.</summary>
    public bool Prefetch { get; init; }

    /// <summary>MiB of validation windows kept ready between epochs.</summary>
    public int CacheMegabytes { get; init; }

    /// <summary>Forward and backward in bfloat16; weights, loss and optimizer stay float32.</summary>
    public bool BFloat16 { get; init; }

    /// <summary>What the convolutions compute is computed again for the gradient instead of kept.</summary>
    public bool Checkpointing { get; init; }

    /// <summary>−1: the CPU; else the number of a CUDA device. Shards take the devices from it on.</summary>
    public int Device { get; init; } = -1;

    /// <summary>Device of the LSTM and what follows it; the convolutions stay on <see cref="Device"/>.
    /// </summary>
    public int RecurrentDevice { get; init; } = -1;

    /// <summary>Epochs in which weights taken over from another encoder keep their convolutions.</summary>
    public int FrozenEpochs { get; init; }

    /// <summary>Factor on the learning rate after the frozen epochs; above 0 and at most 1.</summary>
    public double TuningRate { get; init; } = 0.1;

    public static SupervisedOptions From(HyperParameters values)
    {
        double Of(string name) => values.Values.GetValueOrDefault(name, Optional[name]);
        int Whole(string name) => values.Values.ContainsKey(name) ? values.Whole(name) : Optional.Whole(name);
        return new SupervisedOptions
        {
            Sgd = Of("optimizer") != 0,
            Momentum = Of("momentum"),
            Schedule = (RateSchedule)Whole("schedule"),
            Period = Whole("period"),
            WeightedSampling = Of("weighted_sampling") != 0,
            LargestPass = Whole("largest_pass"),
            Shards = Whole("shards"),
            Prefetch = Of("prefetch") != 0,
            CacheMegabytes = Whole("cache_mb"),
            BFloat16 = Of("bf16") != 0,
            Checkpointing = Of("checkpointing") != 0,
            Device = Whole("device"),
            RecurrentDevice = Whole(values.Values.ContainsKey("recurrent_device") ? "recurrent_device" : "device"),
            FrozenEpochs = Whole("frozen_epochs"),
            TuningRate = Of("tuning_rate"),
        };
    }

    /// <summary>Names what is out of range; asks for CUDA where there is none.</summary>
    /// <param name="require">Takes: holds, name, value, rule.</param>
    public void Validate(Action<bool, string, double, string> require)
    {
        require(Momentum is >= 0 and < 1, "momentum", Momentum, "0 or more and below 1");
        require(Enum.IsDefined(Schedule), "schedule", (int)Schedule,
            "0 (falling), 1 (by the pace of the loss), 2 (warm restarts) or 3 (one cycle)");
        require(Period >= 1, "period", Period, "1 or more");
        require(LargestPass >= 0, "largest_pass", LargestPass, "0 or more");
        require(Shards is >= 1 and <= 256, "shards", Shards, "1 to 256");
        require(CacheMegabytes >= 0, "cache_mb", CacheMegabytes, "0 or more");
        require(FrozenEpochs >= 0, "frozen_epochs", FrozenEpochs, "0 or more");
        require(TuningRate is > 0 and <= 1, "tuning_rate", TuningRate, "above 0 and at most 1");
        require(ComputeDevice.Exists(Device), "device", Device, ComputeDevice.Rule);
        require(ComputeDevice.Exists(RecurrentDevice), "recurrent_device", RecurrentDevice, ComputeDevice.Rule);
    }
}

/// <summary>What a learning rate follows from epoch to epoch.</summary>
internal enum RateSchedule
{
    /// <summary>Falls by a fixed factor an epoch.</summary>
    Falling = 0,

    /// <summary><see cref="AdaptiveRate"/>.</summary>
    Pace = 1,

    /// <summary><see cref="Schedules.CosineRestartSchedule"/>.</summary>
    WarmRestarts = 2,

    /// <summary><see cref="Schedules.OneCycleSchedule"/>, over all steps of all epochs.</summary>
    OneCycle = 3,
}
