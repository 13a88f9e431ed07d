using System.Text;
using TrainingCluster.Features.Rolling;
using TrainingCluster.Trading.Strategies.BollingerReversion;
using TrainingCluster.Trading.Strategies.Declared;

namespace TrainingCluster.UnitTests.Trading.Strategies;

public sealed class StrategyFileSpecs
{
    private const string Bands = """
        {
          // the same rule as bollinger_reversion
          "name": "bands",
          "indicators": { "band": "bollinger(20)" },
          "long": { "enter": "close < band.lower", "exit": ["close >= band.middle"] },
          "short": { "enter": ["close > band.upper"], "exit": { "any": ["close <= band.middle"] } },
        }
        """;

    [Theory]
    [InlineData("sp500-daily")]
    [InlineData("aapl-daily")]
    public void A_declared_rule_gives_the_signals_of_the_one_in_code(string sample)
    {
        var bars = Samples.Get(sample);

        var declared = Parse(Bands).Evaluate(bars);
        var coded = new BollingerReversionRule().Evaluate(bars);

        Assert.Equal(coded.WarmUp, declared.WarmUp);
        Assert.Equal(coded.Signal.ToArray(), declared.Signal.ToArray());
        Assert.All(
            declared.Signal.Zip(declared.Direction), bar => Assert.True(bar.First == 0 || bar.First == bar.Second));
    }

    [Fact]
    public void What_it_says_needs_only_the_bars_up_to_it()
    {
        var bars = Samples.Get("aapl-daily");
        var rule = Parse("""
            {
              "name": "cross_up", "long": { "enter": "sma(5) crosses above 1.01 * sma(20)[2]", "exit": "rsi(14) > 70" },
              "confidence": { "value": "rsi(14)", "zero": 50, "full": 20 }
            }
            """);
        var whole = rule.Evaluate(bars);

        Assert.Equal(19 + 2 + 1, whole.WarmUp);
        Assert.Contains((sbyte)1, whole.Signal);
        foreach (var count in new[] { 10, 23, 100, 777 })
        {
            var prefix = rule.Evaluate(bars.Slice(0, count));
            Assert.Equal(whole.Signal.Take(count), prefix.Signal.ToArray());
            Assert.Equal(whole.Confidence.Take(count), prefix.Confidence.ToArray());
            Assert.Equal(whole.Direction.Take(count), prefix.Direction.ToArray());
        }
    }

    [Fact]
    public void A_crossing_holds_only_on_its_bar_and_factor_and_lag_count()
    {
        var bars = Samples.Get("sp500-daily").Slice(0, 300);
        var signals = Parse("""
            { "name": "once", "long": { "enter": "close crosses above sma(10)", "exit": "close > 0 * close[1]" } }
            """).Evaluate(bars);
        var average = SmaIndicator.Compute(bars.Close, 10);

        for (var t = 10; t < bars.Count; t++)
        {
            var crossed = bars.Close[t] > average[t] && bars.Close[t - 1] <= average[t - 1];
            Assert.Equal(crossed ? 1 : 0, signals.Signal[t]);
        }
    }

    [Fact]
    public void Every_violation_is_listed_with_line_path_value_and_rule()
    {
        var error = Assert.Throws<StrategyDefinitionException>(() => Parse("""
            {
              "name": "Bad Name",
              "colour": 3,
              "indicators": {
                "close": "rsi(14)",
                "fast": "rsy(14)",
                "slow": "rsi(period=x)"
              },
              "long": {
                "enter": ["close <", "1 < 2", "macd > 0", 7],
                "leave": "close > 1"
              },
              "barriers": { "horizon": 0, "profit": -1 },
              "confidence": { "value": "rsi", "zero": 3, "full": 3 }
            }
            """));

        Assert.Equal(
            [
                (2, "name"), (3, "colour"), (5, "indicators.close"), (6, "indicators.fast"), (7, "indicators.slow"),
                (9, "long"), (10, "long.enter[0]"), (10, "long.enter[1]"), (10, "long.enter[2]"),
                (10, "long.enter[3]"), (11, "long.leave"), (13, "barriers.horizon"), (13, "barriers.profit"),
                (14, "confidence"),
            ],
            error.Violations.OrderBy(violation => (violation.Line, violation.Path))
                .Select(violation => (violation.Line ?? 0, violation.Path ?? "")));
        Assert.Contains("bad.json, line 10, long.enter[0], value 'close <': must be two values", error.Message);
        Assert.Contains("needs one of its outputs behind a dot: line, signal, histogram", error.Message);
    }

    [Theory]
    [InlineData("", "must be JSON text")]
    [InlineData("{ \"name\": ", "must be JSON text")]
    [InlineData("[1]", "must be one object")]
    [InlineData("{ \"name\": \"a\" }", "needs 'long' or 'short' or both")]
    [InlineData("{ \"name\": \"atr_breakout\", \"long\": 3 }", "already there")]
    [InlineData("{ \"name\": \"a\", \"name\": \"b\", \"long\": {} }", "stands twice")]
    [InlineData("\0\u0001binary", "must be JSON text")]
    public void Text_that_is_no_strategy_is_refused_with_a_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<StrategyDefinitionException>(() => Parse(text)).Message);

    private static DeclaredRule Parse(string text) => StrategyFile.Parse("bad.json", Encoding.UTF8.GetBytes(text));
}
