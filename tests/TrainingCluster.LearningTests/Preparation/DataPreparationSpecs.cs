using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Splits;
using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.LearningTests.Preparation;

public sealed class DataPreparationSpecs
{
    private const string Strategy = "rsi_mean_reversion";

    [Theory]
    [InlineData(400)]
    [InlineData(517)]
    public void Whatever_comes_after_a_bar_changes_no_input_at_it(int bar)
    {
        var bars = EncoderRuns.Market(700);
        var fitted = DataPreparation.Prepare(bars, Strategy, 13).Preprocessor;
        var whole = DataPreparation.Prepare(bars, Strategy, 13, fitted);
        var corrupted = DataPreparation.Prepare(Corrupted(bars, bar + 1), Strategy, 13, fitted);

        for (var t = whole.Windows.FirstEnd; t <= bar; t++)
        {
            Assert.True(whole.Windows[t].SequenceEqual(corrupted.Windows[t]),
                $"the window at bar {t} changed");
            Assert.Equal(whole.Signals.Direction[t], corrupted.Signals.Direction[t]);
        }

        Assert.False(whole.Windows[bar + 2].SequenceEqual(corrupted.Windows[bar + 2]));
    }

    [Fact]
    public void Whatever_comes_after_the_training_labels_changes_nothing_that_is_fitted()
    {
        var bars = EncoderRuns.Market(700);
        var whole = DataPreparation.Prepare(bars, Strategy, 13);
        var corrupted = DataPreparation.Prepare(Corrupted(bars, whole.Split.Validation.Start), Strategy, 13);

        Assert.Equal(whole.Split, corrupted.Split);
        Assert.Equal(whole.Preprocessor, corrupted.Preprocessor);
        Assert.Equal(
            whole.Labels.Barrier[whole.Split.Train.Start..whole.Split.Train.End].ToArray(),
            corrupted.Labels.Barrier[whole.Split.Train.Start..whole.Split.Train.End].ToArray());
    }

    [Fact]
    public void No_label_of_a_part_looks_at_a_bar_of_the_next()
    {
        var data = DataPreparation.Prepare(EncoderRuns.Market(700), Strategy, 13);

        Assert.True(data.LabelledBars(data.Split.Train).Max(bar => data.Labels.LastBar[bar])
            < data.Split.Validation.Start);
        Assert.True(data.LabelledBars(data.Split.Validation).Max(bar => data.Labels.LastBar[bar])
            < data.Split.Test.Start);
    }

    [Fact]
    public void No_two_strategies_share_labels_or_inputs()
    {
        var bars = EncoderRuns.Market(700);

        var prepared = StrategyCatalog.Names.Select(name => DataPreparation.Prepare(bars, name, 13)).ToList();

        Assert.Equal(prepared.Count, prepared.Select(data => data.Labels.Digest).Distinct().Count());
        Assert.Equal(prepared.Count, prepared.Select(data => data.Preprocessor).Distinct().Count());
    }

    [Fact]
    public void Too_few_bars_are_refused_with_the_number_that_is_needed()
    {
        var error = Assert.Throws<InsufficientDataException>(
            () => DataPreparation.Prepare(EncoderRuns.Market(100), Strategy, 60));

        Assert.Contains("100 bars", error.Message);
        DataPreparation.Prepare(EncoderRuns.Market(error.Needed), Strategy, 60);
    }

    [Fact]
    public void Bars_with_other_columns_are_refused_by_name()
    {
        var fitted = DataPreparation.Prepare(EncoderRuns.Market(700), Strategy, 13).Preprocessor;

        var error = Assert.Throws<FeatureSchemaException>(
            () => DataPreparation.Prepare(EncoderRuns.Market(700, correlation: 0), Strategy, 13, fitted));

        Assert.Equal(["signal"], error.Missing.AsEnumerable());
    }

    [Fact]
    public void A_preprocessor_of_another_strategy_or_version_is_refused()
    {
        var bars = EncoderRuns.Market(700);
        var fitted = DataPreparation.Prepare(bars, Strategy, 13).Preprocessor with { Version = 1 };

        var error = Assert.Throws<PreprocessorMismatchException>(
            () => DataPreparation.Prepare(bars, "macd_momentum", 12, fitted));

        Assert.Equal(3, error.Violations.Length);
    }

    /// <summary>The same bars up to one, and a different market from there on.</summary>
    private static BarSeries Corrupted(BarSeries bars, int from)
    {
        double[] Bent(ReadOnlySpan<double> column)
        {
            var bent = column.ToArray();
            for (var t = from; t < bent.Length; t++)
            {
                bent[t] *= 1.5 + 0.3 * (t % 3);
            }

            return bent;
        }

        return BarSeries.Create(
            bars.Symbol,
            bars.Times.ToArray(),
            Bent(bars.Open),
            Bent(bars.High),
            Bent(bars.Low),
            Bent(bars.Close),
            Bent(bars.Volume),
            [.. bars.Extra.Select(extra => new BarColumn(extra.Name, Bent(extra.Values.Span)))]);
    }
}
