using System.Globalization;

namespace TrainingCluster.Models.Recurrent;

/// <summary>The sizes of a <see cref="WindowEncoder"/>.</summary>
/// <param name="Entries">Of one step of a window, at least 1.</param>
/// <param name="Steps">Of a window, at least 1.</param>
/// <param name="Hidden">Width of the LSTM: numbers that come out.</param>
public sealed record WindowEncoderOptions(int Entries, int Steps, int Hidden)
{
    /// <summary>Channels of the convolutions over time before the LSTM; none: the LSTM reads the window.</summary>
    public ImmutableArray<int> Convolutions { get; init; } = [];

    /// <summary>Steps that each convolution sees; odd.</summary>
    public int Kernel { get; init; } = 3;

    /// <summary>What is wrong, one sentence a rule.</summary>
    public IEnumerable<string> Violations()
    {
        (string Name, int Value)[] sizes =
        [
            ("memory entries", Entries), ("memory steps", Steps), ("memory hidden", Hidden),
            ("memory kernel", Kernel),
        ];
        foreach (var (name, value) in sizes.Concat(Convolutions.Select(width => ("memory convolution", width))))
        {
            if (value < 1)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be at least 1");
            }
        }

        if (Kernel % 2 == 0)
        {
            yield return $"memory kernel is {Kernel}; it must be odd, so that padding keeps the steps in place";
        }
    }
}
