using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Training.Inputs;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>Turns the words of a train command into bars and a run's spec. Nothing is written before both are
/// good.</summary>
internal sealed class RunSpecs(CommandContext context, ParseResult parsed, RunOptions options)
{
    /// <exception cref="BarDataException">The file's bars have violations.</exception>
    public BarSeries Bars()
    {
        var file = parsed.GetRequiredValue(options.Data);
        if (!file.Exists)
        {
            throw new UserErrorException(new UserError(ExitCode.Usage, "data.missing", $"there is no file "
                + $"{file.FullName}")
            {
                Hints = ["bundled bars are in samples/: sp500-daily.csv, aapl-daily.csv"],
            });
        }

        var all = CsvBarReader.Read(file.FullName);
        var (from, to) = (parsed.GetValue(options.From), parsed.GetValue(options.To));
        var bars = from is null && to is null ? all : all.Between(from, to);
        if (bars.Count == 0)
        {
            throw new UserErrorException(new UserError(ExitCode.Usage, "data.window_empty",
                $"{file.Name} has no bars between --from {from:yyyy-MM-dd} and --to {to:yyyy-MM-dd}")
            {
                Details = [$"its bars go from {Day(all, 0)} to {Day(all, all.Count - 1)}"],
            });
        }

        Tell(bars);
        return bars;
    }

    public RunSpec Spec(
        BarSeries bars, ImmutableArray<Stage> stages, ImmutableArray<string> agents, ImmutableArray<string> versions)
    {
        var budget = parsed.GetValue(options.Budget);
        var spec = new RunSpec
        {
            DataName = parsed.GetRequiredValue(options.Data).Name,
            Data = bars.Digest,
            Strategies = parsed.GetValue(options.Strategies),
            Stages = stages,
            Agents = agents,
            Budget = budget,
            Seed = parsed.GetValue(options.Seed),
            FeeRatio = parsed.GetValue(options.Fee),
            JobTimeout = parsed.GetValue(options.Timeout) is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : DefaultTimeout(budget),
        };
        return spec with { Inputs = Inputs(spec, versions) };
    }

    private ImmutableArray<InputVersion> Inputs(RunSpec spec, ImmutableArray<string> versions) =>
        InputSelection.Select(
            new InputRequest(spec.Stages, spec.Strategies, spec.Agents, spec.Data, versions), Registry());

    private RegistryState Registry()
    {
        var state = parsed.GetRequiredValue(CommonOptions.State).FullName;
        return File.Exists(Path.Combine(state, "journal.db"))
            ? StateReader.Open(state).Registry()
            : RegistryState.Empty;
    }

    private static TimeSpan DefaultTimeout(BudgetName budget) => budget switch
    {
        BudgetName.Quick => TimeSpan.FromSeconds(300),
        BudgetName.Standard => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };

    private void Tell(BarSeries bars)
    {
        if (parsed.GetValue(CommonOptions.Quiet))
        {
            return;
        }

        var quality = BarQuality.Check(bars);
        context.Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{bars.Symbol}: {bars.Count} bars from {Day(bars, 0)} to {Day(bars, bars.Count - 1)}, quality "
                + $"{quality.Score:0.000}"));
        foreach (var finding in quality.Findings)
        {
            context.Console.Error.WriteLine($"  {finding.Severity.ToString().ToLowerInvariant()}: {finding.Check}: "
                + $"{finding.Detail}");
        }
    }

    private static string Day(BarSeries bars, int bar) =>
        DateTimeOffset.FromUnixTimeMilliseconds(bars.Times[bar]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
