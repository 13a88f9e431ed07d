using System.Collections.Immutable;
using System.CommandLine;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Baselines;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Strategies.Catalogue;
using TrainingCluster.Trading.Strategies.Declared;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Cli.Commands.Backtests;

/// <summary>A backtest and what it adds to the trials on its data.</summary>
/// <param name="Trial">Null for a model on its own bars: its training was the trial, and testing it tries nothing
/// new.</param>
/// <param name="Data">Whose trials deflate it.</param>
/// <param name="Neighbours">Trials of the settings around it that were tested too.</param>
internal sealed record SubjectStudy(
    BacktestStudy Study, TrialCounted? Trial, Digest Data, ImmutableArray<TrialCounted> Neighbours);

/// <summary>Turns the words of a backtest command into a study.</summary>
internal sealed class BacktestSubject(CommandContext context, ParseResult parsed, BacktestOptions options)
{
    public SubjectStudy Study()
    {
        var seed = new Seed((ulong)parsed.GetValue(options.Seed)).For("backtest");
        return (parsed.GetValue(options.Strategy), parsed.GetValue(options.Model)) switch
        {
            ({ } strategy, null) => OfRule(Rule(strategy), seed),
            (null, { } model) => OfModel(model, seed),
            _ => throw Usage("backtest.subject", "name what to test: --strategy NAME or --model REF",
                "trainctl backtest --list shows the strategies"),
        };
    }

    /// <summary>A name with settings, or a file.</summary>
    public static IStrategyRule Rule(string text)
    {
        var isFile = text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || File.Exists(text);
        return isFile && !File.Exists(text)
            ? throw Usage("strategy.file_missing", $"there is no strategy file {Path.GetFullPath(text)}", null)
            : isFile ? StrategyFile.Read(text) : StrategySpec.Parse(text);
    }

    private SubjectStudy OfRule(IStrategyRule rule, Seed seed)
    {
        var markets = Markets();
        var account = options.Account(parsed);
        var limit = parsed.GetValue(options.Limit);
        var bars = markets[0];
        var study = markets.Length == 1 && !options.NeedsAccount(parsed)
            ? BacktestStudy.OfPositions(
                rule.Parameters, bars, BareRule.Positions(bars, rule), new IndexRange(0, bars.Count), account.Costs,
                seed)
            : BacktestStudy.OfRule(markets, rule, account, limit, seed);
        var data = BacktestIdentity.DataOf(markets);
        TrialCounted Trial(IStrategyRule tried, double? sharpe) => new(
            data, BacktestIdentity.SpecOf(tried, account, limit), "rule", tried.Name, sharpe);
        study = study with { Neighbours = Neighbours(study, rule, account) };
        return new SubjectStudy(
            study, Trial(rule, study.Track.Metrics.SharpePerBar), data,
            [.. study.Neighbours.Select(one => Trial(one.Rule, one.SharpePerBar))]);
    }

    private ImmutableArray<BacktestNeighbour> Neighbours(
        BacktestStudy study, IStrategyRule rule, AccountOptions account)
    {
        try
        {
            return parsed.GetValue(options.Neighbours)
                ? NeighbourStudy.Of(study, rule, account, parsed.GetValue(options.Limit))
                : [];
        }
        catch (ArgumentException refused)
        {
            throw Usage("backtest.neighbours", refused.Message.Split(" (Parameter", 2)[0],
                "trainctl backtest --list shows the strategies and their settings");
        }
    }

    /// <summary>Repaired, and through the gate; what was done to them is told.</summary>
    private ImmutableArray<BarSeries> Markets()
    {
        var request = options.DataOf(parsed);
        if (request.Words.IsEmpty)
        {
            throw Usage("data.missing", "a strategy needs bars: name at least one file of them",
                "bundled bars are in samples/: sp500-daily.csv, aapl-daily.csv");
        }

        var data = new TrainingDataSource(request, context.Clock).Read();
        foreach (var batch in data.Batches.Where(batch => batch.Repairs.Total > 0 || !batch.Overruled.IsEmpty))
        {
            batch.Write(context.Console.Error);
        }

        return data.Panel.Symbols;
    }

    /// <summary>
    /// What the model decided on the bars that its training held out, walked again at the costs asked for; or, where
    /// other bars are named, what it decides on them. Refused where the model's own preprocessing would refuse the
    /// bars.
    /// </summary>
    private SubjectStudy OfModel(string reference, Seed seed)
    {
        if (parsed.GetValue(options.Neighbours))
        {
            throw Usage("backtest.neighbours", "a model has no settings to move: give no --neighbours with --model",
                "the leaderboard of its run ranks it among the run's other models: trainctl runs show RUN");
        }

        if (options.NeedsAccount(parsed))
        {
            throw Usage("backtest.model_data",
                "a model is tested in shares of equity: give no account limits with --model", null);
        }

        var state = StateReader.Open(parsed.GetRequiredValue(CommonOptions.State).FullName);
        var (version, _) = TrainInfoCommand.Resolve(state.Registry(), reference);
        var evaluation = ModelStudy.Evaluation(state.Artifacts, version) ?? throw new UserErrorException(new UserError(
            ExitCode.CheckFailed, "backtest.no_evaluation", $"{version.Id} has no stored decisions"));
        var account = options.Account(parsed);
        var model = new ModelStudy(state.Artifacts, version, evaluation, account, seed);
        if (parsed.GetValue(options.Data) is not { Length: > 0 })
        {
            return new SubjectStudy(model.OnItsOwn(), null, version.Lineage.Data, []);
        }

        var markets = Markets();
        var study = model.On(markets);
        var data = BacktestIdentity.DataOf(markets);
        var trial = new TrialCounted(
            data, BacktestIdentity.SpecOf(version.Digest, account), version.Id.Model.Type, version.Id.Model.Name,
            study.Track.Metrics.SharpePerBar);
        return new SubjectStudy(study, trial, data, []);
    }

    private static UserErrorException Usage(string code, string message, string? hint) =>
        new(new UserError(ExitCode.Usage, code, message) { Hints = hint is null ? [] : [hint] });
}
