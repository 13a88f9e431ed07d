using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.Features.Preprocessing;

public sealed class FittedPipelineSpecs
{
    private static readonly IndexRange Window = new(33, 200);

    [Fact]
    public void The_standard_template_scales_as_the_scaler_of_the_models_does()
    {
        var bars = Samples.Aapl;
        var table = FeatureSet.Compute(bars);
        var expected = RobustScaler.Fit(table, Window).Transform(table);

        var matrix = FittedPipeline.Fit(PipelineTemplate.For("cnn_lstm"), bars, Window).Transform(bars);

        Assert.Equal(expected.Names, matrix.Names.AsEnumerable());
        Assert.Equal(expected.FirstValidRow, matrix.FirstValidRow);
        Assert.Equal(expected.Values, matrix.Values);
    }

    [Fact]
    public void Fitting_reads_nothing_after_the_window_and_rows_need_nothing_after_them()
    {
        var bars = Samples.Aapl;
        var corrupted = Future.CorruptAfter(bars, 199);
        foreach (var template in PipelineTemplate.Standard)
        {
            var (fitted, other) = (
                FittedPipeline.Fit(template, bars, Window), FittedPipeline.Fit(template, corrupted, Window));
            Assert.Equal(fitted.Digest, other.Digest);
            Assert.Equal((33, 199), (fitted.FittedOn.FirstBar, fitted.FittedOn.LastBar));
            Assert.Equal(bars.Times[199], fitted.FittedOn.LastTime);

            var (whole, changed) = (fitted.Transform(bars), fitted.Transform(corrupted));
            var known = 200 * whole.Columns;
            Assert.True(whole.Values.AsSpan(0, known).SequenceEqual(changed.Values.AsSpan(0, known)));
            Assert.Equal(fitted.Outputs, whole.Names.AsEnumerable());
        }
    }

    [Fact]
    public void What_was_saved_gives_the_same_numbers_again_and_nothing_else_is_read()
    {
        var bars = Samples.Aapl;
        var fitted = FittedPipeline.Fit(PipelineTemplate.For("ppo"), bars, Window);

        var again = FittedPipeline.FromJson(fitted.ToJson());

        Assert.Equal(fitted.Digest, again.Digest);
        Assert.Equal(fitted.Transform(bars).Values, again.Transform(bars).Values);
        var text = Encoding.UTF8.GetString(fitted.ToJson());
        foreach (var broken in new[]
        {
            "null", "{}", text.Replace("\"window\":60,", ""), text.Replace("\"window\":60", "\"window\":60,\"more\":1"),
            text.Replace("\"format\":1", "\"format\":2"),
        })
        {
            Assert.Throws<JsonException>(() => FittedPipeline.FromJson(Encoding.UTF8.GetBytes(broken)));
        }
    }

    [Fact]
    public void A_missing_or_further_column_is_an_error()
    {
        var plain = Bars.Daily(100).Noisy(0.01);
        double[] mood = [.. Enumerable.Range(0, 100).Select(t => Math.Sin(t))];
        var (with, other) = (plain.WithColumn("sentiment", mood), plain.WithColumn("weather", mood));
        var template = PipelineTemplate.For("hybrid");
        var fitted = FittedPipeline.Fit(template, with.Build(), new IndexRange(40, 80));

        var missing = Assert.Throws<FeatureSchemaException>(() => fitted.Transform(plain.Build()));
        var swapped = Assert.Throws<FeatureSchemaException>(() => fitted.Transform(other.Build()));
        var extra = Assert.Throws<FeatureSchemaException>(
            () => FittedPipeline.Fit(template, plain.Build(), new IndexRange(40, 80)).Transform(with.Build()));

        Assert.Contains("x_sentiment", fitted.Outputs.AsEnumerable());
        Assert.Equal(["sentiment"], missing.Missing.AsEnumerable());
        Assert.Equal("sentiment", Assert.Single(swapped.Missing));
        Assert.Equal("weather", Assert.Single(swapped.Extra));
        Assert.Equal(["sentiment"], extra.Extra.AsEnumerable());
    }

    [Fact]
    public void Holes_are_filled_for_a_while_and_then_are_an_error_with_their_place()
    {
        double[] column = [.. Enumerable.Range(0, 100).Select(t => t is >= 50 and < 55 ? double.NaN : t % 7)];
        var bars = Bars.Daily(100).Noisy(0.01).WithColumn("mood", column).Build();
        PipelineTemplate Template(string fill) =>
            new("own", 1, 10, ["source_columns", fill, "scale(method=minmax; clip=9)"]);
        float At(string fill, int row) =>
            FittedPipeline.Fit(Template(fill), bars, new IndexRange(0, 80)).Transform(bars).Row(row)[0];

        Assert.Equal(0, At("fill(method=forward)", 54), 1e-6);
        Assert.Equal(0.5, At("fill(method=median)", 54), 1e-6);
        Assert.Equal(0, At("fill(method=zero)", 54), 1e-6);
        var error = Assert.Throws<BarDataException>(() => At("fill(most=2)", 0));
        Assert.Contains("bar 52, column 'x_mood'", error.Message);
    }

    [Fact]
    public void A_bar_without_a_sentiment_is_neutral_however_many_there_are()
    {
        double[] mood = [.. Enumerable.Range(0, 100).Select(t => t is < 3 or >= 50 and < 70 ? double.NaN : t % 7 + 1)];
        var bars = Bars.Daily(100).Noisy(0.01).WithColumn("sentiment_news", mood).Build();
        var template = PipelineTemplate.For("ppo");
        Assert.Equal(33, FittedPipeline.FirstRow(template, bars));

        var fitted = FittedPipeline.Fit(template, bars, new IndexRange(33, 90));

        var matrix = fitted.Transform(bars);
        var column = matrix.Names.IndexOf("x_sentiment_news");
        var scale = fitted.Steps[^1].Values;
        var neutral = (float)((0 - scale["centre"][column]) / scale["scale"][column]);
        Assert.Equal(neutral, matrix.Row(55)[column]);
        Assert.NotEqual(neutral, matrix.Row(72)[column]);
    }

    [Fact]
    public void The_first_complete_row_is_known_before_anything_is_fitted()
    {
        double[] late = [.. Enumerable.Range(0, 100).Select(t => t < 60 ? double.NaN : t)];
        var bars = Bars.Daily(100).Noisy(0.01).WithColumn("late", late).Build();

        Assert.Equal(60, FittedPipeline.FirstRow(PipelineTemplate.For("cnn_lstm"), bars));
        var own = new PipelineTemplate("own", 1, 5, ["source_columns", "fill(method=median)", "scale(method=minmax)"]);
        Assert.Equal(60, FittedPipeline.FirstRow(own, bars));
        Assert.Equal(20, FittedPipeline.FirstRow(PipelineTemplate.For("cnn_lstm"), bars.Slice(0, 20)));
    }

    [Fact]
    public void Symbols_that_are_fitted_together_are_fitted_as_one_table()
    {
        double[] low = [.. Enumerable.Range(0, 50).Select(t => (double)t)];
        double[] high = [.. Enumerable.Range(0, 50).Select(t => 1000.0 + t)];
        var (one, other) = (
            Bars.Daily(50).WithColumn("mood", low).Build(), Bars.Daily(50).WithColumn("mood", high).Build());
        var template = new PipelineTemplate("own", 1, 5, ["source_columns", "scale(method=minmax; clip=9)"]);

        var together = FittedPipeline.Fit(
            template, [new FitBars(one, new IndexRange(10, 20)), new FitBars(other, new IndexRange(5, 30))]);

        Assert.Equal(10, Assert.Single(together.Steps[^1].Values["centre"]));
        Assert.Equal(1019, Assert.Single(together.Steps[^1].Values["scale"]));
        Assert.Equal((5, 29), (together.FittedOn.FirstBar, together.FittedOn.LastBar));
        Assert.Equal(1f, together.Transform(other).Row(29)[0]);
        Assert.Throws<FeatureSchemaException>(() => FittedPipeline.Fit(
            template,
            [new FitBars(one, new IndexRange(0, 9)), new FitBars(Bars.Daily(50).Build(), new IndexRange(0, 9))]));
    }

    [Fact]
    public void Steps_of_ones_own_are_named_in_templates()
    {
        var bars = Samples.Aapl;
        var catalogue = StepCatalogue.Standard.With(new Doubling());
        var template = PipelineTemplate.For("cnn_lstm").With("features(indicator=rsi(21))", "doubling");

        var fitted = FittedPipeline.Fit(template, bars, Window, catalogue);

        Assert.Contains("rsi(period=21)", fitted.Outputs.AsEnumerable());
        Assert.Equal(bars.Count, fitted.Transform(bars, catalogue).Rows);
        Assert.Contains("doubling", Assert.Throws<FormatException>(() => fitted.Transform(bars)).Message);
        Assert.Throws<ArgumentException>(() => catalogue.With(new Doubling()));
    }

    [Theory]
    [InlineData("scale(method=odd)", "method is 'odd'; it must be one of robust, standard, minmax")]
    [InlineData("scale(clip=-1)", "clip is '-1'; it must be a number from")]
    [InlineData("scale(width=3)", "there is no setting 'width'; there are method, clip")]
    [InlineData("scale(method", "is not written name")]
    [InlineData("scale(clip=1; clip=2)", "each setting once")]
    [InlineData("melt", "there is no step 'melt'; there are features, fill")]
    [InlineData("require(rows=500)", "has 167 rows; at least 500 must be")]
    public void Wrong_steps_are_refused_with_the_rule(string step, string reason)
    {
        var template = new PipelineTemplate("own", 1, 10, ["features", step]);

        var error = Assert.Throws<FormatException>(() => FittedPipeline.Fit(template, Samples.Aapl, Window));

        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Models_of_an_ensemble_must_read_alike()
    {
        var bars = Samples.Aapl;
        var one = FittedPipeline.Fit(PipelineTemplate.For("hybrid"), bars, Window);
        var late = FittedPipeline.Fit(PipelineTemplate.For("hybrid"), bars, new IndexRange(33, 400));

        Assert.Empty(PipelineCompatibility.Check([("a", one), ("b", late)]));
        var found = PipelineCompatibility.Check(
            [("a", one), ("b", late with { Window = 30, SourceColumns = ["mood"], TemplateVersion = 9 })],
            bars.Times[300]);

        Assert.Equal(4, found.Length);
        Assert.Contains("b reads windows of 30 bars; a of 60", found.AsEnumerable());
        Assert.Contains(found, sentence => sentence.StartsWith("b was fitted on bars up to", StringComparison.Ordinal));
    }

    private sealed class Doubling() : PlainStep("doubling")
    {
        public override ColumnTable Transform(
            StepInput input, ImmutableSortedDictionary<string, ImmutableArray<double>> fitted) =>
            input.Table.Mapped((_, column) => [.. column.Select(value => 2 * value)]);
    }
}
