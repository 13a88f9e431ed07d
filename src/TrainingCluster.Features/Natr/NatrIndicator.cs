using System.Collections.Immutable;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Indicators;

namespace TrainingCluster.Features.Natr;

/// <summary>The average true range in percent of the close (Forman 2006, Stocks and Commodities 24:5).</summary>
public sealed class NatrIndicator(AtrOptions options) : IBarIndicator
{
    private readonly AtrIndicator _range = new(options);

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => options.Period;

    public void Next(in BarValues bar, Span<double> outputs) =>
        outputs[0] = 100 * _range.Next(bar.High, bar.Low, bar.Close) / bar.Close;
}
