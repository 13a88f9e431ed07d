using System.CommandLine;
using TrainingCluster.Cli.Options;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>What trading costs in a run: the flags, else the settings under <c>training.trading</c>.</summary>
internal static class TradingCosts
{
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
