using System.CommandLine;
using System.Globalization;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>What trading costs in a run: the flags, else the settings under <c>training.trading</c>.</summary>
internal static class TradingCosts
{
    public static (double Fee, TradingFrictions Frictions) Of(
        ParseResult parsed, RunOptions options, Akka.Configuration.Config settings)
    {
        double Value(Option<double?> option, string key) => parsed.GetValue(option) ?? Setting(settings, key);

        return (
            Value(options.Fee, "training.trading.fee"),
            new TradingFrictions(
                Value(options.Spread, "training.trading.spread"),
                Value(options.Slippage, "training.trading.slippage"),
                Value(options.Impact, "training.trading.impact"),
                Value(options.Borrow, "training.trading.borrow"),
                Value(options.Capital, "training.trading.capital")));
    }

    private static double Setting(Akka.Configuration.Config settings, string key)
    {
        var text = settings.GetString(key);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new UserErrorException(new UserError(
                ExitCode.Usage, "config.range", $"{key} is '{text}'; it must be a number")
            {
                Hints = ["trainctl config show --origin lists every setting"],
            });
    }
}
