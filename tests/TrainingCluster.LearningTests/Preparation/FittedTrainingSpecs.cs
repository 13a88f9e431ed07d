using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Windows;
using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.LearningTests.Ppo;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.LearningTests.Preparation;

/// <summary>What training fits its pipelines on, and what it saves of them.</summary>
public sealed class FittedTrainingSpecs
{
    private const string Strategy = "macd_momentum";

    [Fact]
    public void The_standard_template_gives_the_numbers_of_the_robust_scaler_on_the_training_window()
    {
        var bars = Samples.Aapl;
        var data = DataPreparation.Prepare(bars, Strategy, 60);
        var table = FeatureSet.Compute(bars);
        var window = new IndexRange(data.Matrix.FirstValidRow, data.Split.Train.End);
        var expected = RobustScaler.Fit(table, window).Transform(table);

        for (var i = 0; i < expected.Columns; i++)
        {
            Assert.Equal(expected.Names[i], data.Matrix.Names[i]);
            for (var row = data.Matrix.FirstValidRow; row < bars.Count; row++)
            {
                Assert.Equal(expected.Row(row)[i], data.Matrix.Row(row)[i]);
            }
        }

        Assert.Equal(
            ["strategy_direction", "strategy_confidence", "strategy_signal"],
            data.Matrix.Names.Skip(expected.Columns));
        var seen = data.Preprocessor.Pipelines.All.Fitted.FittedOn;
        Assert.Equal((window.Start, window.End - 1), (seen.FirstBar, seen.LastBar));
    }

    [Fact]
    public void Fitting_reads_the_training_window_to_its_last_bar_and_no_further()
    {
        var bars = Samples.Aapl;
        var end = DataPreparation.Prepare(bars, Strategy, 60).Split.Train.End;
        var fitted = Pipeline(bars);

        Assert.Equal(fitted, Pipeline(Future.CorruptAfter(bars, end - 1)));
        Assert.NotEqual(fitted, Pipeline(Future.CorruptAfter(bars, end - 2)));
        Assert.Equal(bars.Times[end - 1], fitted.Fitted.FittedOn.LastTime);
    }

    [Theory]
    [InlineData("ppo", true)]
    [InlineData("cnn_lstm", false)]
    public void Rewards_can_be_shaped_by_the_reward_columns_of_an_agents_pipeline(string template, bool canBeShaped)
    {
        var bars = Samples.Aapl;
        var data = DataPreparation.Prepare(bars, Strategy, 60);
        var state = ModelPipelines.State(ModelPipelines.Standard(template)!, bars, data.Preprocessor.Pipelines);

        var trend = AgentMarket.For(data, state, CostModel.Free).Dynamics.Columns.Trend;

        Assert.Equal(canBeShaped, trend is not null);
        if (trend is null)
        {
            return;
        }

        var matrix = state.All.Fitted.Transform(bars, ModelPipelines.Catalogue);
        int[] columns =
        [
            .. new[] { "reward_below_high", "reward_above_low", "reward_step" }
                .Select(name => matrix.Names.IndexOf(name)),
        ];
        for (var row = matrix.FirstValidRow; row < bars.Count; row++)
        {
            Assert.Equal(columns.Average(column => matrix.Row(row)[column]), trend[row], 1e-5);
        }
    }

    [Fact]
    public void Every_model_is_saved_with_its_pipelines_and_an_ensemble_names_those_of_its_members()
    {
        var bars = EncoderRuns.Market(700);
        var run = new PipelineRun(bars, PipelineRun.Spec(bars, 7, [Strategy], PipelineRun.Tiny))
            .Through(Stage.Ensemble);

        var encoder = Assert.Single(Stored(run, $"cnn_lstm/{Strategy}"));
        var agent = Stored(run, $"ppo/{Strategy}");
        var hybrid = Stored(run, $"hybrid/{Strategy}");
        var ensemble = Stored(run, "ensemble/main");

        Assert.Equal(["encoder", "agent"], agent.Select(one => one.Part));
        Assert.Equal(agent, hybrid);
        Assert.Equal(encoder, agent[0]);
        Assert.Equal(hybrid.Select(one => one.Pipeline), ensemble.Select(one => one.Pipeline));
        Assert.Equal("cnn_lstm", encoder.Pipeline.Fitted.ModelType);
        Assert.Equal("ppo", agent[1].Pipeline.Fitted.ModelType);
        Assert.Contains("reward_below_high", agent[1].Pipeline.Fitted.Outputs);
        Assert.Equal(encoder.Pipeline.Fitted.FittedOn, agent[1].Pipeline.Fitted.FittedOn);
        Assert.Contains($"\"{hybrid[1].Pipeline.Sha256.Hex}\"", Model(run, "ensemble/main").ConfigJson);
        var other = Assert.Throws<FeatureSchemaException>(
            () => StoredPreprocessing.RequireColumns([.. ensemble], EncoderRuns.Market(700, correlation: 0)));
        Assert.Equal(["signal"], other.Missing.AsEnumerable());
    }

    [Fact]
    public void A_pipeline_that_is_not_the_one_that_was_saved_is_refused_on_load()
    {
        var bars = EncoderRuns.Market(700);
        var run = new PipelineRun(bars, PipelineRun.Spec(bars, 7, [Strategy], PipelineRun.Tiny))
            .Through(Stage.Agent);
        var (encoder, agent) = (Model(run, $"cnn_lstm/{Strategy}"), Model(run, $"ppo/{Strategy}"));

        Refused(Changed(encoder, "clip=5", "clip=4"), "was saved", one => EncoderModel.Load(one));
        Refused(Changed(agent, "bars=20", "bars=21"), "was saved", one => AgentModel.Load(one, Stages.DefaultAgent));
        Refused(Changed(encoder, "\"fitted\"", "\"fitting\""), "cannot be read", one => EncoderModel.Load(one));
        Refused(
            Changed(agent, "bars=20", "bars=21"), "was saved",
            one => StoredPreprocessing.Read(one, run.Artifacts));
        Refused(
            Changed(encoder, "\"preprocessor\":{\"version\":2", "\"preprocessor\":{\"version\":1"), "version 1",
            one => StoredPreprocessing.Read(one, run.Artifacts));
    }

    [Fact]
    public void A_named_template_is_what_models_are_fitted_by_and_part_of_what_identifies_the_job()
    {
        var bars = EncoderRuns.Market(700);
        var standard = PipelineRun.Spec(bars, 7, [Strategy]);
        var named = standard with
        {
            Preprocessing = [PipelineTemplate.For("cnn_lstm").ScaledBy("minmax") with { Window = 17 }],
        };

        var (job, other) = (RunPlan.Jobs(named)[0], RunPlan.Jobs(standard)[0]);
        var data = DataPreparation.Prepare(bars, Strategy, 17, template: job.Preprocessing);

        Assert.Equal((17.0, 60.0), (job.HyperParameters["window"], other.HyperParameters["window"]));
        Assert.NotEqual(other.SpecDigest([]), job.SpecDigest([]));
        Assert.Equal("cnn_lstm", other.Preprocessing?.ModelType);
        Assert.Contains("minmax", data.Preprocessor.Pipelines.All.Fitted.Steps[^1].Step);
        for (var row = data.Matrix.FirstValidRow; row < data.Split.Train.End; row++)
        {
            Assert.All(data.Matrix.Row(row).ToArray(), value => Assert.InRange(value, 0f, 1f));
        }
    }

    [Fact]
    public void Templates_that_cannot_be_are_refused_before_a_run_starts()
    {
        var bars = EncoderRuns.Market(700);
        var spec = PipelineRun.Spec(bars, 7, [Strategy], PipelineRun.Tiny) with
        {
            Preprocessing =
            [
                new PipelineTemplate("hybrid", 1, 60, ["features"]),
                new PipelineTemplate("ppo", 1, 60, ["melt"]),
                new PipelineTemplate("cnn_lstm", 1, 60, []),
            ],
        };

        var error = Assert.Throws<RunSpecException>(() => RunPlan.Jobs(spec));
        var wrong = Assert.Throws<PreprocessingException>(() => RunSufficiency.Require(
            spec with { Preprocessing = [new PipelineTemplate("ppo", 1, 60, ["source_columns", "scale"])] }, bars));
        var late = Assert.Throws<PreprocessingException>(() => RunSufficiency.Require(
            spec with { Preprocessing = [new PipelineTemplate("cnn_lstm", 1, 60, ["features", "scale(clip=no)"])] },
            bars));

        Assert.Equal(3, error.Violations.Length);
        Assert.Contains("volatility_20, adx_14", wrong.Message);
        Assert.Contains("clip is 'no'", late.Message);
    }

    [Fact]
    public void A_sentiment_column_is_an_input_where_the_source_has_one()
    {
        var plain = EncoderRuns.Market(700, correlation: 0);
        double[] mood = [.. Enumerable.Range(0, 700).Select(t => t % 3 == 0 ? double.NaN : Math.Sin(t))];
        var bars = BarSeries.Create(
            plain.Symbol, plain.Times.ToArray(), plain.Open.ToArray(), plain.High.ToArray(), plain.Low.ToArray(),
            plain.Close.ToArray(), plain.Volume.ToArray(), [new BarColumn("sentiment", mood)]);

        var data = DataPreparation.Prepare(bars, Strategy, 13);

        var column = data.Matrix.Names.IndexOf("x_sentiment");
        Assert.NotEqual(data.Matrix.Row(400)[column], data.Matrix.Row(401)[column]);
        Assert.Equal(data.Matrix.Row(402)[column], data.Matrix.Row(405)[column]);
        var missing = Assert.Throws<FeatureSchemaException>(
            () => DataPreparation.Prepare(plain, Strategy, 13, data.Preprocessor));
        Assert.Equal(["sentiment"], missing.Missing.AsEnumerable());
    }

    [Fact]
    public void Members_that_read_otherwise_do_not_decide_together()
    {
        var bars = EncoderRuns.Market(700);
        string[] strategies = [Strategy, "rsi_mean_reversion"];
        var run = new PipelineRun(bars, PipelineRun.Spec(bars, 7, [.. strategies], PipelineRun.Tiny));
        var wide = new PipelineRun(bars, PipelineRun.Spec(
            bars, 7, [Strategy], new BudgetOverrides(PipelineRun.Tiny.Values.SetItem("cnn_lstm.window", 15))));
        run.Through(Stage.Hybrid);
        run.Adopt($"hybrid/{Strategy}", wide.Through(Stage.Hybrid)[$"hybrid/{Strategy}"]);

        var error = Assert.Throws<JobInputException>(() => run.Run("ensemble/main"));

        Assert.Contains("reads windows of 13 bars; hybrid/macd_momentum of 15", error.Message);
        Assert.Contains("train them alike", error.Message);
    }

    [Fact]
    public void A_pipeline_that_saw_bars_of_the_validation_is_refused()
    {
        var bars = Samples.Aapl;
        var data = DataPreparation.Prepare(bars, Strategy, 60);
        var late = SavedPipeline.Of(FittedPipeline.Fit(
            PipelineTemplate.For("ppo"), bars, new IndexRange(40, data.Split.Validation.Start + 1)));

        var error = Assert.Throws<PreprocessorMismatchException>(
            () => late.FittedBefore(bars, data.Split.Validation.Start));

        Assert.Contains("validation begins at", error.Message);
        Assert.Same(data.Preprocessor.Pipelines.All, data.Preprocessor.Pipelines.All.FittedBefore(
            bars, data.Split.Validation.Start));
    }

    private static SavedPipeline Pipeline(BarSeries bars) =>
        DataPreparation.Prepare(bars, Strategy, 60).Preprocessor.Pipelines.All;

    private static ModelArtifact Model(PipelineRun run, string job) =>
        ModelArtifact.Parse(run[job].Files[0].Content);

    private static ModelPipeline[] Stored(PipelineRun run, string job) =>
        [.. StoredPreprocessing.Read(Model(run, job), run.Artifacts)];

    private static ModelArtifact Changed(ModelArtifact artifact, string text, string other)
    {
        Assert.Contains(text, artifact.ConfigJson);
        return new ModelArtifact(artifact.Kind, artifact.ConfigJson.Replace(text, other), artifact.Tensors);
    }

    private static void Refused(ModelArtifact artifact, string reason, Func<ModelArtifact, object> load) =>
        Assert.Contains(reason, Assert.Throws<ArtifactFormatException>(() => load(artifact)).Message);
}
