using System.Collections.Immutable;
using System.Text;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Strategies.Declared;

namespace TrainingCluster.UnitTests.Trading.Causality;

/// <summary>Everything that says something at the close of a bar: indicators, features as learners read them, what
/// strategies say, regimes.</summary>
internal static class CausalColumns
{
    /// <summary>What fitted steps learn from; every prefix that is looked at holds it.</summary>
    public static readonly IndexRange FittedOn = new(40, 80);

    private static readonly DeclaredRule Declared = StrategyFile.Parse("cross.json", Encoding.UTF8.GetBytes("""
        {
          "name": "cross_of_averages",
          "long": { "enter": "sma(5) crosses above 1.001 * sma(20)[2]", "exit": "rsi(14) > 70" },
          "short": { "enter": "macd.histogram < 0", "exit": "close > bollinger(20).middle" },
          "confidence": { "value": "rsi(14)", "zero": 50, "full": 20 }
        }
        """));

    public static ImmutableArray<(string Name, Func<BarSeries, double[][]> Of)> All { get; } =
    [
        .. IndicatorCatalogue.Names.Select(name => (name, Indicator(name))),
        ("features", bars => Table(FeatureSet.Compute(bars))),
        ("scaled", bars => Matrix(Scaled(FeatureSet.Compute(bars)))),
        ("pipeline", bars => Matrix(
            FittedPipeline.Fit(PipelineTemplate.For("ppo"), bars, FittedOn).Transform(bars))),
        .. StrategyCatalog.Names.Select(name => (name, Rule(StrategyCatalog.Get(name)))),
        (Declared.Name, Rule(Declared)),
        ("regimes", bars =>
            [[.. RegimeDetector.Fit(bars, new IndexRange(20, 80)).Detect(bars).Select(regime => (double)regime)]]),
        ("atr column", bars => [AtrIndicator.Compute(bars, new AtrOptions())]),
        ("barrier scale", bars => [BarrierScale.Deviation(bars, 20, 5)]),
    ];

    private static Func<BarSeries, double[][]> Indicator(string name) =>
        bars => [.. IndicatorColumns.Compute(IndicatorSpec.Parse(name).Make(), bars)];

    private static Func<BarSeries, double[][]> Rule(IStrategyRule rule) => bars =>
    {
        var signals = rule.Evaluate(bars);
        return
        [
            [.. signals.Signal.Select(value => (double)value)],
            [.. signals.Confidence.Select(value => (double)value)],
            [.. signals.Direction.Select(value => (double)value)],
        ];
    };

    private static FeatureMatrix Scaled(FeatureTable table) => RobustScaler.Fit(table, FittedOn).Transform(table);

    private static double[][] Table(FeatureTable table) =>
        [.. Enumerable.Range(0, table.Names.Length).Select(i => table.Column(i).ToArray())];

    private static double[][] Matrix(FeatureMatrix matrix) =>
    [
        .. Enumerable.Range(0, matrix.Columns).Select(column =>
        {
            var values = new double[matrix.Rows];
            for (var row = 0; row < values.Length; row++)
            {
                values[row] = matrix.Values[row * matrix.Columns + column];
            }

            return values;
        }),
    ];
}
