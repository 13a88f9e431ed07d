using TrainingCluster.Features.Scaling;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Training.Policies;

/// <summary>
/// What an agent sees of the market at the close of a bar, apart from its own position. Whatever has a side is given
/// in the strategy's frame (multiplied by its direction), because actions are sizes in that direction: a policy then
/// learns "the encoder agrees" once and not for each side.
/// </summary>
public static class PolicyObservation
{
    /// <summary>The first entries of a row: next bar in the strategy's direction, then stop, timeout, profit.</summary>
    public const int EncoderEntries = CnnLstmArchitecture.Outputs;

    private const int StrategyEntries = 3;

    /// <summary>Scaled features shown beside the encoder's outputs: a few that tell the state of the market.</summary>
    public static ImmutableArray<string> Features { get; } =
        ["return_1", "return_20", "volatility_20", "rsi_14", "adx_14", "bollinger_position_20"];

    /// <summary>Entries of a row.</summary>
    public static int Width { get; } = EncoderEntries + StrategyEntries + Features.Length;

    /// <summary>Rows without encoder outputs (those are 0 until <see cref="SetLogits"/>).</summary>
    /// <returns>[bar, entry]: 4 encoder entries, direction, confidence, rule signal × direction, features.</returns>
    public static float[] Build(BarSeries bars, StrategySignals signals, FeatureMatrix matrix)
    {
        var columns = Features.Select(name => matrix.Names.IndexOf(name)).ToArray();
        if (columns.Contains(-1))
        {
            throw new ArgumentException(
                $"the features {string.Join(", ", matrix.Names)} lack one of {string.Join(", ", Features)}");
        }

        var observed = new float[bars.Count * Width];
        for (var bar = 0; bar < bars.Count; bar++)
        {
            var row = observed.AsSpan(bar * Width + EncoderEntries, Width - EncoderEntries);
            row[0] = signals.Direction[bar];
            row[1] = signals.Confidence[bar];
            row[2] = signals.Signal[bar] * signals.Direction[bar];
            for (var i = 0; i < columns.Length; i++)
            {
                row[StrategyEntries + i] = matrix.Row(bar)[columns[i]];
            }
        }

        return observed;
    }

    /// <summary>Writes encoder outputs into rows.</summary>
    /// <param name="observed">[bar, entry].</param>
    /// <param name="bars">Which rows.</param>
    /// <param name="logits">[bar, 4] in the order of the bars: next bar up, stop, timeout, profit.</param>
    public static void SetLogits(
        float[] observed, ReadOnlySpan<int> bars, ReadOnlySpan<float> logits, ImmutableArray<sbyte> direction)
    {
        for (var i = 0; i < bars.Length; i++)
        {
            var row = observed.AsSpan(bars[i] * Width, EncoderEntries);
            logits.Slice(i * EncoderEntries, EncoderEntries).CopyTo(row);
            row[0] *= direction[bars[i]];
        }
    }
}
