using System.CommandLine;
using System.Globalization;
using System.Net;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.Updates;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>`trainctl data update`: fetches what is new into the store.</summary>
internal static class DataUpdateCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("update", "Fetch new bars, check and repair them, and store them");
        var options = new SourceOptions(command);
        var full = new Option<bool>("--full") { Description = "Fetch all of each series again" };
        var replace = new Option<bool>("--replace")
        {
            Description = "As --full, and let go of stored bars that the source does not have any more",
        };
        command.Options.Add(full);
        command.Options.Add(replace);
        command.SetAction(async (parsed, _) =>
        {
            var data = DataStore.Of(parsed, context, options.Layers(parsed));
            using var http = Http(
                data.Options.Yahoo.BaseAddress.IsLoopback || data.Options.Binance.BaseAddress.IsLoopback);
            var sources = options.Sources(parsed, data.Options, http, context.Clock);
            using var signals = new StopSignals();
            var outcomes = new List<SeriesOutcome>();
            var total = sources.Sum(source => source.Symbols.Count) * data.Options.Timeframes.Length;
            var format = parsed.GetValue(CommonOptions.Output);
            var progress = total > 1 && format == OutputFormat.Table && !parsed.GetValue(CommonOptions.Quiet)
                ? new Count(context.Console.Error, total)
                : null;
            try
            {
                foreach (var (source, symbols, perMinute) in sources)
                {
                    var how = data.Options.Update(data.Folder, perMinute) with
                    {
                        Full = parsed.GetValue(full),
                        Replace = parsed.GetValue(replace),
                    };
                    outcomes.AddRange(await new BarUpdate(data.Open(), how, context.Clock).RunAsync(
                        source, symbols, data.Options.Timeframes, progress, signals.Asked));
                }
            }
            catch (OperationCanceledException) when (signals.Asked.IsCancellationRequested)
            {
                throw new UserErrorException(new UserError(signals.ExitCode, "cli.interrupted", "interrupted")
                {
                    Hints = ["what has come so far is kept; the same command goes on from there"],
                });
            }

            Write(context, format, outcomes);
            return outcomes.TrueForAll(outcome => outcome.Succeeded) ? ExitCode.Success : ExitCode.Partial;
        });
        return command;
    }

    /// <summary>Connections to this machine itself go past any proxy.</summary>
    private static HttpClient Http(bool isLoopback) => new(new SocketsHttpHandler
    {
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseProxy = !isLoopback,
    })
    {
        // The time limit of a question is the client's own.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <exception cref="UserErrorException">Nothing was updated.</exception>
    private static void Write(CommandContext context, OutputFormat format, List<SeriesOutcome> outcomes)
    {
        if (outcomes.TrueForAll(outcome => !outcome.Succeeded))
        {
            throw new UserErrorException(Failure(outcomes));
        }

        if (format == OutputFormat.Json)
        {
            JsonOutput.WriteList(context.Console.Out, [.. outcomes.Select(UpdateDocument.Of)]);
            return;
        }

        foreach (var outcome in outcomes)
        {
            context.Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Name(outcome)}: {Text(outcome.Status)}, {outcome.Added} bars added, {outcome.Revised} revised, "
                    + $"{outcome.Row?.Bars ?? 0} in all, {outcome.Repairs.Total} repairs"));
            foreach (var finding in outcome.Findings)
            {
                context.Console.Error.WriteLine($"  {Name(outcome)}: {Line(finding)}");
            }

            if (outcome.Quarantine is { } place)
            {
                context.Console.Error.WriteLine($"  {Name(outcome)}: kept in {place}");
            }
        }
    }

    private static UserError Failure(List<SeriesOutcome> outcomes)
    {
        FetchRule[] rules = [.. outcomes.SelectMany(outcome => outcome.Findings)
            .Where(finding => finding.Severity == QualitySeverity.Critical).Select(finding => finding.Rule)];
        var exitCode = Array.TrueForAll(rules, rule => rule == FetchRule.UnknownSymbol) ? ExitCode.NotFound
            : Array.TrueForAll(rules, rule => rule is FetchRule.NotPassed or FetchRule.HistoryChanged)
                ? ExitCode.CheckFailed
            : Array.TrueForAll(rules, rule => rule == FetchRule.InUse) ? ExitCode.Conflict
            : ExitCode.Failed;
        return new UserError(exitCode, "data.not_updated", outcomes.Count == 1
            ? $"{Name(outcomes[0])} was not updated; what is stored is as it was"
            : $"none of {outcomes.Count} series was updated; what is stored is as it was")
        {
            Details =
            [
                .. from outcome in outcomes
                   from finding in outcome.Findings
                   select $"{Name(outcome)}: {Line(finding)}",
            ],
            Hints = [.. outcomes.Select(outcome => outcome.Quarantine).OfType<string>()
                .Select(place => $"the bars are kept in {place}")],
        };
    }

    private static string Name(SeriesOutcome outcome) =>
        $"{outcome.Key.Source}/{outcome.Key.Symbol} {TextFormat.Timeframe(outcome.Key.Interval)}";

    private static string Line(FetchFinding finding) =>
        $"{finding.Severity.ToString().ToLowerInvariant()}: {finding.Rule}: {finding.Detail}";

    /// <summary>One line on standard error a series, as it ends.</summary>
    private sealed class Count(TextWriter writer, int total) : IProgress<SeriesOutcome>
    {
        private readonly Lock _gate = new();
        private int _done;

        public void Report(SeriesOutcome value)
        {
            lock (_gate)
            {
                writer.WriteLine($"{++_done} of {total}: {Name(value)}: {Text(value.Status)}");
            }
        }
    }

    private static string Text(SeriesStatus status) => status switch
    {
        SeriesStatus.Updated => "updated",
        SeriesStatus.UpToDate => "up to date",
        SeriesStatus.NotPassed => "not passed",
        _ => "failed",
    };
}
