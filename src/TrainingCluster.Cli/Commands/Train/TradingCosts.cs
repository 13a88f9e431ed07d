using System.CommandLine;
using TrainingCluster.Cli.Options;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>What trading costs in a run: the flags, else the settings under <c>training.trading</c>.</summary>
internal static class TradingCosts
{
    /// <summary>By the settings, with a fee of a flag.</summary>
    public static CostModel Of(Akka.Configuration.Config settings, double? fee)
    {
        double Value(string name) => SettingNumber.Of(settings, $"training.trading.{name}");

        var frictions = new TradingFrictions(
            Value("spread"), Value("slippage"), Value("impact"), Value("borrow"), Value("capital"));
        return frictions.With(fee ?? Value("fee"));
    }

    public static (double Fee, TradingFrictions Frictions) Of(
        ParseResult parsed, RunOptions options, Akka.Configuration.Config settings)
    {
        double Value(Option<double?> option, string key) => parsed.GetValue(option) ?? SettingNumber.Of(settings, key);

        return (
            Value(options.Fee, "training.trading.fee"),
            new TradingFrictions(
                Value(options.Spread, "training.trading.spread"),
                Value(options.Slippage, "training.trading.slippage"),
                Value(options.Impact, "training.trading.impact"),
                Value(options.Borrow, "training.trading.borrow"),
                Value(options.Capital, "training.trading.capital")));
    }
}
