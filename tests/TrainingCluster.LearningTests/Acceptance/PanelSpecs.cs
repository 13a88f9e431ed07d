using TrainingCluster.Features.Windows;
using TrainingCluster.LearningTests.Environments;
using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.LearningTests.Ppo;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Leaderboards;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.LearningTests.Acceptance;

/// <summary>One model over several symbols, whose bars begin and end at different times.</summary>
public sealed class PanelSpecs
{
    private const string Strategy = "rsi_mean_reversion";
    private static readonly CheckpointCadence EveryStep = new(1, TimeSpan.FromDays(1));

    private static readonly BarPanel Panel = BarPanel.Of(
    [
        Bars.Daily(760).Noisy(0.015, 1).Named("EARLY").Build(),
        Bars.Daily(900).WithoutStamps(0, 140).Noisy(0.01, 2).Named("LATE").Build(),
    ]);

    [Fact]
    public void Every_stage_trains_on_all_symbols_and_is_scored_on_each_and_as_one_account()
    {
        var run = Run(Panel);

        foreach (var job in run.Jobs)
        {
            var evaluation = run[job.Id].Evaluation;
            Assert.Equal(["EARLY", "LATE"], evaluation.Symbols!.Value.Select(symbol => symbol.Symbol));
            foreach (var (symbol, k) in evaluation.Symbols.Value.Select((symbol, k) => (symbol, k)))
            {
                Assert.Equal(
                    Panel.Symbols[k].Times.Slice(symbol.FirstBar, symbol.Positions.Length).ToArray(),
                    symbol.TimesUtcMilliseconds.AsEnumerable());
                Assert.Equal(symbol.Positions.Length, symbol.NextOpen.Returns.Length);
            }

            Assert.Equal(evaluation.TimesUtcMilliseconds.Length, evaluation.NextOpen.Returns.Length);
            Assert.Contains("account_total_return", run[job.Id].Metrics.Keys);
            Assert.Equal(evaluation.ToJson(), JobEvaluation.FromJson(evaluation.ToJson()).ToJson());
        }

        var board = Leaderboard.Build(new LeaderboardInput(
            Panel,
            [.. run.Jobs.Select(job => new LeaderboardCandidate(
                Stages.TypeName(job.Stage, job.Agent), job.Strategy, null, null, run[job.Id].Evaluation))],
            [Strategy], new CostModel(), new Seed(1), 4, 0.01));
        Assert.Equal(8 * 3, board.Rows.Length);
        Assert.Equal(8, board.Rows.Count(row => row.Symbol is null));
        Assert.Equal(8, board.Rows.Count(row => row.Symbol == "LATE"));
        Assert.Equal(board.Window.Count, board.Times.Length);
        Assert.All(board.Rows.Where(row => row.Symbol is not null), row => Assert.Null(row.DeflatedSharpe));
    }

    [Fact]
    public void The_same_spec_gives_the_same_bytes_in_whatever_order_the_symbols_came_and_after_a_kill()
    {
        var unbroken = Digests(Run(Panel), "cnn_lstm", "ppo", "hybrid");
        var turned = BarPanel.Of(Panel.Symbols.Reverse());
        var killed = new PipelineRun(turned, PipelineRun.Spec(turned, 7, [Strategy], PipelineRun.Tiny));

        foreach (var job in new[] { $"cnn_lstm/{Strategy}", $"ppo/{Strategy}", $"hybrid/{Strategy}" })
        {
            var checkpoints = new DyingCheckpoints(3);
            Assert.Throws<KilledException>(() => killed.Run(job, checkpoints, cadence: EveryStep));
            killed.Run(job, checkpoints, cadence: EveryStep);
        }

        Assert.Equal(unbroken, Digests(killed, "cnn_lstm", "ppo", "hybrid"));
    }

    [Fact]
    public void Nothing_that_is_learned_knows_the_bars_of_any_symbol_after_the_first_test_bar_of_all()
    {
        var run = Run(Panel);
        var moment = run.Jobs.Min(job => run[job.Id].Evaluation.TimesUtcMilliseconds[0]);
        var corrupted = Run(BarPanel.Of(Panel.Symbols.Select(bars =>
            Future.CorruptAfter(bars, LastAtOrBefore(bars, moment)))));

        foreach (var job in run.Jobs)
        {
            Assert.Equal(Tensors(run[job.Id]), Tensors(corrupted[job.Id]));
            Assert.Equal(
                run[job.Id].Metrics["validation_sharpe"], corrupted[job.Id].Metrics["validation_sharpe"]);
        }

        Assert.NotEqual(
            run["ensemble/main"].Evaluation.NextOpen.Returns.AsEnumerable(),
            corrupted["ensemble/main"].Evaluation.NextOpen.Returns.AsEnumerable());
    }

    [Fact]
    public void Each_symbol_is_scaled_by_its_own_training_window_and_a_strange_one_by_all_together()
    {
        var rule = new NamedRule(Strategy, StrategyCatalog.Get(Strategy));

        var data = DataPreparation.Prepare(Panel, rule, 13);

        var spec = data.Preprocessor;
        Assert.Equal(["EARLY", "LATE"], spec.Pipelines.Symbols!.Keys);
        Assert.Equal(data.Markets[0].Split.Train.End - 1, spec.Pipelines.Of("EARLY").Fitted.FittedOn.LastBar);
        Assert.Equal(data.Markets[1].Split.Train.End - 1, spec.Pipelines.Of("LATE").Fitted.FittedOn.LastBar);
        Assert.Equal(spec.Pipelines.All, spec.Pipelines.Of("STRANGE"));
        Assert.NotEqual(spec.Pipelines.Of("EARLY"), spec.Pipelines.All);
        var alone = DataPreparation.Prepare(Panel.Symbols[1], rule, 13, spec).Markets[0];
        Assert.True(alone.Matrix.Values.AsSpan().SequenceEqual(data.Markets[1].Matrix.Values));
    }

    [Fact]
    public void Episodes_visit_every_symbol_as_often_as_it_has_bars_and_leave_none()
    {
        var panel = BarPanel.Of(
        [
            Bars.Daily(900).Noisy(0.01, 1).Named("LONG").Build(),
            Bars.Daily(400).Noisy(0.01, 2).Named("SHORT").Build(),
        ]);
        var columns = new MarketColumns(
            panel, new float[panel.Count], TestMarkets.Direction(panel.Count), new CostModel());
        var windows = (First: new IndexRange(100, 800), Second: new IndexRange(920, 1300));
        var environment = new MarketEnvironment(
            new MarketDynamics(columns), [windows.First, windows.Second], 64, new MarketEpisodeOptions(), new Seed(1));
        var step = new Training.Environments.VectorStep(64, environment.ObservationSize);
        environment.Reset(step.Observations);
        var (before, tags, starts) = (new int[64], new int[64], new List<int>());

        for (var i = 0; i < 1500; i++)
        {
            environment.Tags(before);
            environment.Step(new int[64], step);
            environment.Tags(tags);
            for (var episode = 0; episode < 64; episode++)
            {
                Assert.True(windows.First.Contains(tags[episode]) || windows.Second.Contains(tags[episode]));
                if (tags[episode] != before[episode] + 1)
                {
                    starts.Add(tags[episode]);
                }
            }
        }

        var share = starts.Count(windows.Second.Contains) / (double)starts.Count;
        Assert.InRange(share, 0.28, 0.42);
        Assert.Throws<ArgumentException>(() => new MarketEnvironment(
            new MarketDynamics(columns), [windows.First, new IndexRange(1298, 1300)], 1, new MarketEpisodeOptions(),
            new Seed(1)));
    }

    private static int LastAtOrBefore(BarSeries bars, long moment)
    {
        var found = bars.Times.BinarySearch(moment);
        return found >= 0 ? found : ~found - 1;
    }

    private static PipelineRun Run(BarPanel panel) =>
        new PipelineRun(panel, PipelineRun.Spec(panel, 7, [Strategy], PipelineRun.Tiny)).Through(Stage.Ensemble);

    private static string[] Digests(PipelineRun run, params string[] types) =>
    [
        .. types.SelectMany(type => run[$"{type}/{Strategy}"].Files)
            .Select(file => $"{file.Role} {Digest.Of(file.Content.Span).Short}"),
    ];

    private static string[] Tensors(JobOutput output) =>
    [
        .. output.Files.SelectMany(file => ModelArtifact.Parse(file.Content).Tensors
            .OrderBy(tensor => tensor.Key, StringComparer.Ordinal)
            .Select(tensor => $"{file.Role} {tensor.Key} {Convert.ToHexString(tensor.Value.Data.Span)}")),
    ];
}
