using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Scaling;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Training.Policies;

/// <summary>
/// What an agent sees of the market at the close of a bar, apart from its own position. Whatever has a side
/// is given in the strategy's frame (multiplied by its direction), because actions are sizes in that
/// direction: a policy then learns "the encoder agrees" once and not for each side. Few entries on purpose:
/// with a few thousand bars a policy remembers the training window by any directional feature it is shown.
/// </summary>
public sealed class PolicyObservation
{
    /// <summary>
    /// The first entries of a row: next bar in the strategy's direction, then stop, timeout, profit.
    /// </summary>
    public const int EncoderEntries = CnnLstmArchitecture.Outputs;

    private const int StrategyEntries = 3;

    /// <summary>Scaled features of every market: how far it moves, and how straight.</summary>
    internal static readonly ImmutableArray<string> Standard = ["volatility_20", "adx_14"];

    /// <param name="matrixNames">Names of the scaled features; each further column of the source among them
    /// is shown twice, as it is and in the strategy's frame.</param>
    /// <exception cref="ArgumentException">A standard feature is missing.</exception>
    public PolicyObservation(ImmutableArray<string> matrixNames)
    {
        var missing = Standard.Where(name => !matrixNames.Contains(name)).ToArray();
        if (missing.Length > 0)
        {
            throw new ArgumentException(
                $"the features lack {string.Join(", ", missing)}", nameof(matrixNames));
        }

        Extras = [.. matrixNames.Where(name =>
            name.StartsWith(FeatureSet.ExtraPrefix, StringComparison.Ordinal))];
        Width = EncoderEntries + StrategyEntries + Standard.Length + 2 * Extras.Length;
    }

    /// <summary>Features that come from the source's own further columns.</summary>
    public ImmutableArray<string> Extras { get; }

    /// <summary>All scaled features that are shown.</summary>
    public ImmutableArray<string> Features => [.. Standard, .. Extras];

    /// <summary>Entries of a row.</summary>
    public int Width { get; }

    /// <summary>Rows without encoder outputs (those are 0 until <see cref="SetLogits"/>).</summary>
    /// <returns>[bar, entry]: 4 encoder entries, direction, confidence, rule signal × direction, standard
    /// features, further columns, further columns × direction.</returns>
    public float[] Build(BarSeries bars, StrategySignals signals, FeatureMatrix matrix)
    {
        var standard = Standard.Select(name => matrix.Names.IndexOf(name)).ToArray();
        var extras = Extras.Select(name => matrix.Names.IndexOf(name)).ToArray();
        var observed = new float[bars.Count * Width];
        for (var bar = 0; bar < bars.Count; bar++)
        {
            var row = observed.AsSpan(bar * Width + EncoderEntries, Width - EncoderEntries);
            var values = matrix.Row(bar);
            var direction = signals.Direction[bar];
            row[0] = direction;
            row[1] = signals.Confidence[bar];
            row[2] = signals.Signal[bar] * direction;
            var next = StrategyEntries;
            foreach (var column in standard)
            {
                row[next++] = values[column];
            }

            foreach (var column in extras)
            {
                row[next + extras.Length] = values[column] * direction;
                row[next++] = values[column];
            }
        }

        return observed;
    }

    /// <summary>Writes encoder outputs into rows.</summary>
    /// <param name="observed">[bar, entry].</param>
    /// <param name="bars">Which rows.</param>
    /// <param name="logits">[bar, 4] in the order of the bars: next bar up, stop, timeout, profit.</param>
    public void SetLogits(
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
