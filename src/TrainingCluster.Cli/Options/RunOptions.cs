using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Options;

/// <summary>The options that describe a run.</summary>
internal sealed class RunOptions
{
    public Argument<string[]> Data { get; } = new("DATA")
    {
        Description = "Files of bars (CSV of any usual dialect, gz, zip), one a symbol, folders of them, or bars of "
            + "the store such as store:AAPL@1m; further numeric columns become features",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<bool> AcceptQuality { get; } = new("--accept-quality")
    {
        Description = "Train on bars that do not pass the quality gate; the run says so",
    };

    public Option<DateTimeOffset?> From { get; } = Day("--from", "First day or time to use");

    public Option<DateTimeOffset?> To { get; } = Day("--to", "Last day or time to use");

    public Option<ImmutableArray<string>> Strategies { get; } = Names(
        "--strategies", "Strategies to train, by comma or space: names, \"donchian_breakout(entry=55)\", or JSON files",
        "atr_breakout,rsi_mean_reversion,macd_momentum");

    public Option<BudgetName> Budget { get; } = new("--budget")
    {
        Description = "How much work the run may do: quick (minutes), standard (about an hour) or full",
        HelpName = "quick|standard|full",
        DefaultValueFactory = _ => BudgetName.Quick,
        CustomParser = ParseBudget,
    };

    public Option<ulong> Seed { get; } = new("--seed")
    {
        Description = "Origin of every random draw; the same seed gives the same bytes",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = result => NumberOption.Read<ulong>(result, "a whole number from 0") ?? 1,
    };

    public Option<int?> Slots { get; } = new("--slots")
    {
        Description = "Jobs at the same time; by default one a processor core",
        HelpName = "N",
        CustomParser = result => NumberOption.Read<int>(result, "a whole number from 1"),
    };

    public Option<double?> Fee { get; } = Cost(
        "--fee", "RATIO", "Cost of a unit of turnover, as a ratio: 0.0005, the default, is five basis points");

    public Option<double?> Spread { get; } = Cost(
        "--spread", "RATIO", "Distance of bid and ask, as a ratio of the price");

    public Option<double?> Slippage { get; } = Cost("--slippage", "N", "Slippage of any order, in average true ranges");

    public Option<double?> Impact { get; } = Cost(
        "--impact", "N", "Slippage of an order as large as a bar's volume, in average true ranges");

    public Option<double?> Borrow { get; } = Cost(
        "--borrow", "RATIO", "What short positions pay in a year, as a ratio");

    public Option<double?> Capital { get; } = Cost("--capital", "N", "Money at the start, for --impact");

    public Option<string?> Preprocessing { get; } = PreprocessingOption.Create();

    public Option<string?> Labels { get; } = new("--labels")
    {
        Description = "What encoders learn from: every-bar (the default), or meta: the strategy's set-ups alone, and "
            + "whether they paid for their costs",
        HelpName = "every-bar|meta",
    };

    public Option<double?> RewardShaping { get; } = Cost(
        "--reward-shaping", "N", "Weight of the shaping of agents' training rewards by what the bars before did; 0, "
            + "the default, leaves them what the position earned");

    public Option<int?> Timeout { get; } = new("--job-timeout")
    {
        Description = "Longest time of one job, in seconds; by default 300 for quick, an hour for standard, a day "
            + "for full",
        HelpName = "SECONDS",
        CustomParser = result => NumberOption.Read<int>(result, "a whole number of seconds"),
    };

    /// <summary>Adds every option but the data argument, which its command places first.</summary>
    public DataRequest DataOf(ParseResult parsed) => new(
        [.. parsed.GetRequiredValue(Data)], parsed.GetRequiredValue(CommonOptions.State).FullName,
        parsed.GetValue(AcceptQuality), parsed.GetValue(From), parsed.GetValue(To), "trained on");

    public void AddTo(Command command)
    {
        command.Arguments.Add(Data);
        foreach (var option in new Option[]
        {
            From, To, Strategies, Budget, Seed, Slots, Fee, Spread, Slippage, Impact, Borrow, Capital,
            Preprocessing, Labels, RewardShaping, Timeout, AcceptQuality,
        })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>An option that takes names by comma, by space or repeated.</summary>
    public static Option<ImmutableArray<string>> Names(string name, string description, string? byDefault = null) =>
        new(name)
        {
            Description = description,
            HelpName = "A,B,…",
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
                [.. result.Tokens.SelectMany(token => StrategyWords.Split(token.Value))],
            DefaultValueFactory = byDefault is null ? _ => [] : _ => [.. byDefault.Split(',')],
        };

    private static Option<double?> Cost(string name, string help, string description) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => NumberOption.Read<double>(result, "a number such as 0.0005"),
    };

    private static BudgetName ParseBudget(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (!Enum.TryParse<BudgetName>(text, ignoreCase: true, out var budget) || !char.IsLetter(text[0]))
        {
            result.AddError($"--budget is '{text}'; it must be quick, standard or full");
        }

        return budget;
    }

    private static Option<DateTimeOffset?> Day(string name, string description) => new(name)
    {
        Description = description + ", as 2015-01-31 or with a time, UTC",
        HelpName = "DAY",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            {
                return time;
            }

            result.AddError($"{name} is '{text}'; it must be a day such as 2015-01-31 or a time such as "
                + $"2015-01-31T14:30Z");
            return null;
        },
    };
}
