using System.Globalization;

namespace TrainingCluster.Models.CnnLstm;

/// <summary>The sizes of a <see cref="CnnLstmNetwork"/>.</summary>
/// <param name="Features">Columns of a window, at least 1.</param>
/// <param name="Window">Bars of a window, at least 2.</param>
/// <param name="Kernel">Bars that each convolution sees; odd.</param>
/// <param name="Stride">Step of each convolution, 1 or more; 2 leaves the LSTM a quarter of the bars.</param>
/// <param name="Conv1">Channels after the first convolution.</param>
/// <param name="Conv2">Channels after the second convolution.</param>
/// <param name="Hidden">Width of the LSTM.</param>
public sealed record CnnLstmArchitecture(
    int Features, int Window, int Kernel, int Stride, int Conv1, int Conv2, int Hidden)
{
    /// <summary>
    /// Logits of a window: next bar up, then stop, timeout and profit of the strategy's trade.
    /// </summary>
    public const int Outputs = 4;

    /// <summary>Largest value of any size: beyond it a file is damaged rather than large.</summary>
    private const int Largest = 65_536;

    /// <exception cref="ArgumentException">A size is out of range; all are named.</exception>
    public CnnLstmArchitecture Validated()
    {
        (string Name, int Value, int Least)[] sizes =
        [
            ("features", Features, 1), ("window", Window, 2), ("kernel", Kernel, 1), ("stride", Stride, 1),
            ("conv1", Conv1, 1), ("conv2", Conv2, 1), ("hidden", Hidden, 1),
        ];
        var violations = sizes.Where(size => size.Value < size.Least || size.Value > Largest)
            .Select(size => string.Create(CultureInfo.InvariantCulture,
                $"{size.Name} is {size.Value}; it must be {size.Least} to {Largest}"))
            .ToList();
        if (Kernel % 2 == 0)
        {
            violations.Add($"kernel is {Kernel}; it must be odd, so that padding keeps the bars in place");
        }

        return violations.Count == 0
            ? this
            : throw new ArgumentException("the encoder cannot be built: " + string.Join("; ", violations));
    }
}
