using System.CommandLine;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Output;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Cli.Options;

/// <summary>The options that describe a backtest.</summary>
internal sealed class BacktestOptions
{
    private const string RatioRule = "a ratio from 0 to below 1, such as 0.0005";
    private const string SizeRule = "a number from 0";

    public Argument<string[]> Data { get; } = new("DATA")
    {
        Description = "Files of bars (CSV of any usual dialect, gz, zip), one a symbol, folders of them, or bars of "
            + "the store such as store:AAPL@1m; several share one cash account. A model needs none: it knows its own "
            + "unseen ones",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<bool> AcceptQuality { get; } = new("--accept-quality")
    {
        Description = "Test on bars that do not pass the quality gate",
    };

    public Option<string?> Strategy { get; } = new("--strategy")
    {
        Description = "A strategy, such as donchian_breakout or \"donchian_breakout(entry=55)\", or a JSON file",
        HelpName = "NAME",
    };

    public Option<string?> Model { get; } = new("--model")
    {
        Description = "A version; see: trainctl help versions",
        HelpName = "REF",
    };

    public Option<bool> List { get; } = new("--list") { Description = "List the strategies and their settings" };

    public Option<bool> Neighbours { get; } = new("--neighbours")
    {
        Description = "Test the settings around the strategy's too: what choosing among them is worth (probability of "
            + "overfitting, reality check). Each counts as a trial",
    };

    public Option<FileInfo?> Report { get; } = PageFile.Option();

    public Option<double> Fee { get; } = Ratio("--fee", 0.0005, "Cost of a unit of turnover, as a ratio");

    public Option<double> Spread { get; } = Ratio("--spread", 0, "Distance of bid and ask, as a ratio of the price");

    public Option<double> Slippage { get; } = Size("--slippage", 0, "Slippage of any order, in average true ranges");

    public Option<double> Impact { get; } = Size(
        "--impact", 0, "Slippage of an order as large as a bar's volume, in average true ranges");

    public Option<double> Borrow { get; } = Size("--borrow", 0, "What short positions pay in a year, as a ratio");

    public Option<double> Capital { get; } = Size("--capital", 100_000, "Money at the start");

    public Option<double?> Limit { get; } = new("--limit")
    {
        Description = "Trade by limit orders this far from the close, as a ratio; each lives for one bar",
        HelpName = "RATIO",
        CustomParser = result => NumberOption.Read<double>(result, RatioRule, value => value is >= 0 and < 1),
    };

    public Option<double> MaxPosition { get; } = Size(
        "--max-position", 1, "Largest position in one symbol, as a share of equity");

    public Option<double> MaxGross { get; } = Size("--max-gross", 1, "Largest sum of positions, as a share of equity");

    public Option<double?> MaxParticipation { get; } = new("--max-participation")
    {
        Description = "Largest share of a bar's volume that an order takes",
        HelpName = "RATIO",
        CustomParser = result => NumberOption.Read<double>(
            result, "above 0 and at most 1", value => value is > 0 and <= 1),
    };

    public Option<bool> LongOnly { get; } = new("--long-only") { Description = "No short positions" };

    public Option<int> Seed { get; } = new("--seed")
    {
        Description = "Of the bootstrap intervals",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = result => NumberOption.Read<int>(result, "a whole number from 0", value => value >= 0) ?? 1,
    };

    public DataRequest DataOf(ParseResult parsed) => new(
        [.. parsed.GetValue(Data) ?? []], parsed.GetRequiredValue(CommonOptions.State).FullName,
        parsed.GetValue(AcceptQuality), null, null, "tested on");

    public void AddTo(Command command)
    {
        command.Arguments.Add(Data);
        foreach (var option in new Option[]
        {
            AcceptQuality, Strategy, Model, List, Neighbours, Report, Fee, Spread, Slippage, Impact, Borrow, Capital,
            Limit, MaxPosition, MaxGross, MaxParticipation, LongOnly, Seed,
        })
        {
            command.Options.Add(option);
        }
    }

    public AccountOptions Account(ParseResult parsed) => new()
    {
        Costs = new CostModel(parsed.GetValue(Fee))
        {
            SpreadRatio = parsed.GetValue(Spread),
            VolatilitySlippage = parsed.GetValue(Slippage),
            ImpactSlippage = parsed.GetValue(Impact),
            BorrowRatioPerYear = parsed.GetValue(Borrow),
            Capital = parsed.GetValue(Capital),
        },
        MaxSymbolShare = parsed.GetValue(MaxPosition),
        MaxGrossShare = parsed.GetValue(MaxGross),
        MaxParticipation = parsed.GetValue(MaxParticipation),
        AllowShort = !parsed.GetValue(LongOnly),
    };

    /// <summary>Whether what is asked needs an account rather than shares of equity on one symbol.</summary>
    public bool NeedsAccount(ParseResult parsed) =>
        parsed.GetValue(Limit) is not null || parsed.GetValue(MaxParticipation) is not null
        || parsed.GetValue(LongOnly) || parsed.GetValue(MaxPosition) != 1 || parsed.GetValue(MaxGross) != 1;

    private static Option<double> Ratio(string name, double standard, string description) => new(name)
    {
        Description = description,
        HelpName = "RATIO",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
            NumberOption.Read<double>(result, RatioRule, value => value is >= 0 and < 1) ?? standard,
    };

    private static Option<double> Size(string name, double standard, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => standard,
        CustomParser = result => NumberOption.Read<double>(
            result, standard > 0 ? "a number above 0" : SizeRule, value => standard > 0 ? value > 0 : value >= 0)
            ?? standard,
    };
}
