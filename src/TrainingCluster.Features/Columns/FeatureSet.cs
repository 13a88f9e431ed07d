using System.Collections.Immutable;
using TrainingCluster.Features.Adx;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Bollinger;
using TrainingCluster.Features.Calendar;
using TrainingCluster.Features.Macd;
using TrainingCluster.Features.Returns;
using TrainingCluster.Features.Rsi;
using TrainingCluster.Features.Stochastic;
using TrainingCluster.Features.Volatility;
using TrainingCluster.Features.Volume;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Columns;

/// <summary>The features that models read, in a fixed order, and their computation.</summary>
public static class FeatureSet
{
    /// <summary>Stands in front of the name of a source's further column when it becomes a feature.</summary>
    public const string ExtraPrefix = "x_";

    private const string HoleRule =
        "must have a value on every bar after its first one; fill the hole or drop the column";

    /// <summary>The standard features; together 22 columns, all defined from bar 33 on.</summary>
    public static ImmutableArray<IFeature> Standard { get; } =
    [
        new LogReturnFeature(1),
        new LogReturnFeature(5),
        new LogReturnFeature(20),
        new GapFeature(),
        new RangeFeature(),
        new VolatilityFeature(10),
        new VolatilityFeature(20),
        new RsiFeature(new RsiOptions()),
        new MacdFeature(new MacdOptions()),
        new AtrFeature(new AtrOptions()),
        new BollingerFeature(new BollingerOptions()),
        new AdxFeature(new AdxOptions()),
        new StochasticFeature(new StochasticOptions()),
        new VolumeFeature(20),
        new WeekdayFeature(),
        new MonthPositionFeature(),
    ];

    /// <summary>The standard features and every further column of the source.</summary>
    /// <exception cref="BarDataException">A further column has a hole after its first value.</exception>
    public static FeatureTable Compute(BarSeries bars) => Compute(bars, Standard);

    /// <summary>
    /// The given features, then every further column of the source as <c>x_name</c>. A source's column must
    /// be causal: its value at t must have been known at the close of t.
    /// </summary>
    /// <exception cref="BarDataException">A further column has a hole after its first value.</exception>
    public static FeatureTable Compute(BarSeries bars, ImmutableArray<IFeature> features)
    {
        RequireNoHoles(bars);

        var names = ImmutableArray.CreateBuilder<string>();
        var columns = ImmutableArray.CreateBuilder<double[]>();
        foreach (var feature in features)
        {
            ImmutableArray<double[]> own = [.. feature.Names.Select(_ => Undefined(bars.Count))];
            feature.Compute(bars, own);
            names.AddRange(feature.Names);
            columns.AddRange(own);
        }

        foreach (var extra in bars.Extra)
        {
            names.Add(ExtraPrefix + extra.Name);
            columns.Add(extra.Values.ToArray());
        }

        return new FeatureTable(names.ToImmutable(), columns.ToImmutable());
    }

    private static double[] Undefined(int length)
    {
        var column = new double[length];
        Array.Fill(column, double.NaN);
        return column;
    }

    private static void RequireNoHoles(BarSeries bars)
    {
        var total = 0L;
        var shown = ImmutableArray.CreateBuilder<BarViolation>();
        foreach (var extra in bars.Extra)
        {
            var values = extra.Values.Span;
            var defined = false;
            for (var t = 0; t < values.Length; t++)
            {
                if (!double.IsNaN(values[t]))
                {
                    defined = true;
                }
                else if (defined && ++total <= BarDataException.Shown)
                {
                    shown.Add(new BarViolation(
                        $"{bars.Symbol}, bar {t}", null, extra.Name, "NaN", HoleRule));
                }
            }
        }

        if (total > 0)
        {
            throw new BarDataException(shown.ToImmutable(), total);
        }
    }
}
