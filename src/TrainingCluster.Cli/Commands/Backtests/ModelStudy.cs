using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.Cluster.Data;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Training.Evaluation;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Cli.Commands.Backtests;

/// <summary>Backtests of a registered model.</summary>
internal sealed class ModelStudy(
    IArtifactStore artifacts, ModelVersion version, JobEvaluation evaluation, AccountOptions account, Seed seed)
{
    private string Subject => version.Id.ToString();

    /// <summary>What a version decided on the bars that its training held out; null where it keeps none.</summary>
    public static JobEvaluation? Evaluation(IArtifactStore artifacts, ModelVersion version) =>
        version.File(ArtifactFile.EvaluationRole) is { } file
            ? JobEvaluation.FromJson(artifacts.Get(file.Digest).Span)
            : null;

    /// <summary>On the bars that its training held out: its stored decisions at the costs asked for. Refused where the
    /// model's own preprocessing would refuse those bars.</summary>
    public BacktestStudy OnItsOwn()
    {
        var panel = BarPanelArtifact.Get(artifacts, version.Lineage.Data);
        if (version.File(FileRoles.Model) is { } file)
        {
            var pipelines = StoredPreprocessing.Read(ModelArtifact.Parse(artifacts.Get(file.Digest)), artifacts);
            StoredPreprocessing.RequireColumns(pipelines, panel.Symbols[0]);
        }

        if (evaluation.Symbols is { } symbols)
        {
            return BacktestStudy.OfTracks(
                Subject,
                [.. panel.Symbols.Select((bars, k) => bars.Slice(
                    symbols[k].FirstBar, bars.Count - symbols[k].FirstBar))],
                [.. symbols.Select(symbol => symbol.Positions)],
                account,
                seed);
        }

        var positions = new double[panel.Count];
        evaluation.Positions.AsSpan().CopyTo(positions.AsSpan(evaluation.FirstBar));
        return BacktestStudy.OfPositions(
            Subject, panel.Symbols[0], positions,
            new IndexRange(evaluation.FirstBar, evaluation.FirstBar + evaluation.Positions.Length), account.Costs,
            seed);
    }

    /// <summary>By market the bars that it can decide at, and a position for every bar.</summary>
    /// <exception cref="Errors.UserErrorException">The version has no stored model.</exception>
    public ImmutableArray<(IndexRange Window, double[] Positions)> Decide(ImmutableArray<BarSeries> markets)
    {
        var file = version.File(FileRoles.Model) ?? throw new Errors.UserErrorException(new Errors.UserError(
            ExitCode.CheckFailed, "backtest.no_model", $"{version.Id} has no stored model"));
        var model = new StoredModel(artifacts, account.Costs);
        return [.. markets.Select(bars => model.Decide(file.Digest, bars))];
    }

    /// <summary>On other bars: it decides wherever it has seen as many bars as it looks back.</summary>
    public BacktestStudy On(ImmutableArray<BarSeries> markets)
    {
        var tracks = Decide(markets);
        var study = markets is [var only]
            ? BacktestStudy.OfPositions(Subject, only, tracks[0].Positions, tracks[0].Window, account.Costs, seed)
            : BacktestStudy.OfTracks(
                Subject,
                [.. markets.Select((bars, k) => bars.Slice(
                    tracks[k].Window.Start, bars.Count - tracks[k].Window.Start))],
                [.. tracks.Select(track => track.Positions.AsSpan(track.Window.Start).ToImmutableArray())],
                account,
                seed);
        return study with { Warning = Seen(markets, [.. tracks.Select(track => track.Window)]) };
    }

    /// <summary>
    /// Training, its choices included, has used bars up to the first test bar, so that no earlier moment is unseen, of
    /// whatever symbol: symbols move together.
    /// </summary>
    /// <param name="windows">By market the decision bars.</param>
    /// <returns>What to know of it; null where all of them are unseen.</returns>
    public string? Seen(ImmutableArray<BarSeries> markets, ImmutableArray<IndexRange> windows)
    {
        var unseen = evaluation.TimesUtcMilliseconds[0];
        var (seen, all) = (0, 0);
        for (var k = 0; k < markets.Length; k++)
        {
            var times = markets[k].Times[windows[k].Start..windows[k].End];
            var found = times.BinarySearch(unseen);
            seen += found >= 0 ? found : ~found;
            all += times.Length;
        }

        var day = DateTimeOffset.FromUnixTimeMilliseconds(unseen)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return seen == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"{seen} of {all} decision bars are not unseen: they lie before or inside the model's training and choices"
            + $", which ended at {day} UTC; only later bars say anything of its skill");
    }
}
