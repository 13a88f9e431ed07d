using System.Collections.Immutable;
using System.CommandLine;
using System.Numerics;
using TrainingCluster.Cli.Options;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>The flags that describe synthetic markets.</summary>
internal sealed class MarketFlags
{
    private static readonly SyntheticMarketOptions Defaults = new();

    private readonly Option<string[]> _symbols = new("--symbols")
    {
        Description = "Names of the markets, by comma or space",
        HelpName = "A,B",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [Defaults.Symbol],
    };

    private readonly Option<int> _bars = Number("--bars", "Bars of each market", Defaults.Bars);
    private readonly Option<ulong> _seed = Number("--seed", "Origin of every random draw", 1UL);
    private readonly Option<double> _signal = Number(
        "--signal", "Correlation of column 'signal' with the next bar's return, between -1 and 1; 0 plants none", 0.0);

    private readonly Option<double> _volatility = Number(
        "--volatility", "Standard deviation of a bar's return", Defaults.Volatility);

    private readonly Option<double> _drift = Number("--drift", "Expected return of a bar", Defaults.Drift);
    private readonly Option<bool> _regimes = new("--regimes") { Description = "Switch between calm, usual and stormy" };
    private readonly Option<int> _tails = Number(
        "--tails", "Degrees of freedom of the noise, 3 to 100: the fewer, the fatter the tails; 0 = normal", 0);

    private readonly Option<double> _jumps = Number("--jumps", "Probability that a bar jumps", 0.0);
    private readonly Option<int> _session = Number(
        "--session-bars", "Minute bars a day with intraday seasonality, 2 to 540; 0 = daily bars", 0);

    private readonly Option<double> _correlation = Number(
        "--correlation", "Of the markets with each other, 0 to 1", 0.0);

    private readonly Option<string[]> _defects = new("--defects")
    {
        Description = $"Defects to plant, by comma or space: {string.Join(", ", Kinds().Keys)}",
        HelpName = "KIND",
        AllowMultipleArgumentsPerToken = true,
    };

    public MarketFlags(Command command)
    {
        foreach (var option in new Option[]
            {
                _symbols, _bars, _seed, _signal, _volatility, _drift, _regimes, _tails, _jumps, _session, _correlation,
                _defects,
            })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="Errors.UserErrorException">A flag is out of range; all are named.</exception>
    public IReadOnlyList<DefectiveBars> Generate(ParseResult parsed)
    {
        var seed = new Seed(parsed.GetValue(_seed));
        var kinds = Defects(parsed);
        try
        {
            ImmutableArray<SyntheticMarketOptions> markets =
                [.. Split(parsed.GetRequiredValue(_symbols)).Select(symbol => Market(parsed, symbol))];
            var correlation = parsed.GetValue(_correlation);
            ImmutableArray<BarSeries> made = markets is [var only] && correlation == 0
                ? [SyntheticMarket.Generate(only, seed)]
                : SyntheticMarkets.Generate(markets, correlation, seed);
            return [.. made.Select(bars => kinds.IsEmpty
                ? new DefectiveBars(bars.ToDraft(), [])
                : DefectPlanter.Plant(bars, kinds, seed.For(bars.Symbol)))];
        }
        catch (ArgumentException wrong)
        {
            throw DataFile.Wrong(wrong.Message);
        }
    }

    private SyntheticMarketOptions Market(ParseResult parsed, string symbol) => new()
    {
        Symbol = symbol,
        Bars = parsed.GetValue(_bars),
        SignalCorrelation = parsed.GetValue(_signal),
        Volatility = parsed.GetValue(_volatility),
        Drift = parsed.GetValue(_drift),
        Regimes = parsed.GetValue(_regimes),
        TailDegrees = parsed.GetValue(_tails),
        JumpProbability = parsed.GetValue(_jumps),
        SessionBars = parsed.GetValue(_session),
    };

    private ImmutableArray<DefectKind> Defects(ParseResult parsed)
    {
        var known = Kinds();
        var asked = Split(parsed.GetValue(_defects) ?? []).ToArray();
        var unknown = asked.Where(name => !known.ContainsKey(name)).ToArray();
        return unknown.Length == 0
            ? [.. asked.Select(name => known[name])]
            : throw DataFile.Wrong(
                $"--defects has {string.Join(", ", unknown)}; there is: {string.Join(", ", known.Keys)}");
    }

    /// <summary>By name: <c>bad-tick</c>.</summary>
    private static SortedDictionary<string, DefectKind> Kinds() => new(
        Enum.GetValues<DefectKind>().ToDictionary(
            kind => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString())),
        StringComparer.Ordinal);

    private static IEnumerable<string> Split(string[] values) => values.SelectMany(value =>
        value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static Option<T> Number<T>(string name, string description, T byDefault)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => byDefault,
            // Half of one is whole in whole numbers only.
            CustomParser = result => NumberOption.Read<T>(
                result, T.IsInteger(T.One / (T.One + T.One)) ? "a whole number" : "a number") ?? byDefault,
        };
}
