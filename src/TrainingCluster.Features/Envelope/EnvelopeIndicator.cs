using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Envelope;

/// <summary>
/// Bands at a fixed share above and below a simple average of the close (Achelis 2000, "Technical Analysis
/// from A to Z").
/// </summary>
public sealed class EnvelopeIndicator : IBarIndicator
{
    private readonly EnvelopeOptions _options;
    private readonly SmaIndicator _average;

    public EnvelopeIndicator(EnvelopeOptions options)
    {
        if (options.Factor is not (>= 0 and <= 1))
        {
            var factor = options.Factor.ToString(CultureInfo.InvariantCulture);
            throw new ArgumentException($"envelope.factor is {factor}; it must be from 0 to 1");
        }

        _options = options;
        _average = new SmaIndicator(PeriodRule.Require(options.Period, "envelope.period"));
    }

    public ImmutableArray<string> Outputs { get; } = ["upper", "middle", "lower"];

    public int WarmUp => _options.Period - 1;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var average = _average.Next(OnePrice.Of(bar, _options.Input));
        outputs[0] = average * (1 + _options.Factor);
        outputs[1] = average;
        outputs[2] = average * (1 - _options.Factor);
    }
}
