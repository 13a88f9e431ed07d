using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Weights;
using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Labels;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.LearningTests.Preparation;

/// <summary>Meta-labels as what an encoder learns from.</summary>
public sealed class SetUpLabelsSpecs
{
    private const string Strategy = "donchian_breakout";
    private static readonly CostModel Costs = new();

    [Fact]
    public void Every_set_up_and_no_other_bar_has_a_label_and_it_says_whether_the_trade_paid()
    {
        PreparedMarkets every = DataPreparation.Prepare(Samples.Sp500, Strategy, 60);
        var setUps = MetaLabelling.Collect([Samples.Sp500], [], StrategyCatalog.Get(Strategy), Costs);

        var labels = SetUpLabels.Of(every, Costs).Labels;

        Assert.Equal(setUps.Select(one => one.Bar), Enumerable.Range(0, labels.Count).Where(bar => labels.Valid[bar]));
        Assert.All(setUps, one => Assert.Equal(
            (one.Worth == 1 ? BarrierOutcome.Profit : BarrierOutcome.Stop, one.LastBar),
            ((BarrierOutcome)labels.Barrier[one.Bar], labels.LastBar[one.Bar])));
        Assert.Contains(setUps, one => one.Worth == 1);
        Assert.Contains(setUps, one => one.Outcome == BarrierOutcome.Timeout && one.Worth == 1);
    }

    [Fact]
    public void Folds_are_purged_by_the_spans_of_the_set_ups_over_several_symbols()
    {
        var panel = BarPanel.Of([Samples.Sp500, Samples.Aapl]);
        var data = SetUpLabels.Of(
            DataPreparation.Prepare(panel, new NamedRule(Strategy, StrategyCatalog.Get(Strategy)), 60), Costs);

        var folds = AlignedFolds.Create(
            panel, data.Bars(split => split.Train), 3, [.. data.Markets.Select(market => market.Labels)], 0);

        bool Overlap(LabelSpan one, LabelSpan other) => one.Start <= other.End && other.Start <= one.End;
        foreach (var fold in folds)
        {
            LabelSpan[] Spans(IEnumerable<int> rows) =>
                [.. rows.Where(row => data.Labels.Valid[row]).Select(row => SetUpLabels.Span(data, row))];
            var (held, fitted) = (Spans(fold.Held), Spans(fold.TrainRows));
            Assert.NotEmpty(held);
            Assert.DoesNotContain(fitted, span => held.Any(other => Overlap(span, other)));
        }

        var groups = folds.SelectMany(fold => fold.TrainRows).Where(row => data.Labels.Valid[row])
            .Select(row => SetUpLabels.Span(data, row).Group);
        Assert.Equal(["aapl-daily", "sp500-daily"], groups.Distinct().Order());
    }

    [Fact]
    public void Labels_that_share_their_time_with_others_count_less()
    {
        PreparedMarkets every = DataPreparation.Prepare(Samples.Sp500, Strategy, 60);
        var data = SetUpLabels.Of(every, Costs);

        var alone = LabelledBars.ForTraining(data.Labels, data.Train, 1);
        var shared = LabelledBars.ForTraining(
            data.Labels, data.Train, 1, data.Panel.TimeOf, row => SetUpLabels.Span(data, row));

        var unique = SampleUniqueness.Of([.. shared.Bars.Select(row => SetUpLabels.Span(data, row))]);
        var ratios = shared.UpWeight.Zip(alone.UpWeight, (one, other) => one / other).ToArray();
        Assert.True(unique.Min() < unique.Max());
        Assert.Equal(ratios[unique.IndexOf(unique.Min())], ratios.Min());
        Assert.All(ratios.Zip(unique), pair => Assert.Equal(ratios[0] / unique[0], pair.First / pair.Second, 1e-3));
    }

    [Fact]
    public void An_encoder_of_meta_labels_decides_at_entries_alone_and_holds_what_it_took()
    {
        PreparedMarkets every = DataPreparation.Prepare(Samples.Sp500, Strategy, 60);
        var data = SetUpLabels.Of(every, Costs);
        var signal = data.Markets[0].Signals.Signal;
        double[] profit = [.. data.Test.Select(row => row % 3 == 0 ? 0.9 : 0.1)];

        var positions = EncoderPolicy.Positions(data, data.Test.AsSpan(), profit, 0.5, atSetUps: true);

        var (entry, taken) = (-1, 0);
        foreach (var row in data.Test)
        {
            entry = signal[row] == 0 ? -1 : signal[row] != signal[row - 1] ? row : entry;
            Assert.Equal(entry >= 0 && entry % 3 == 0 ? signal[row] : 0, positions[row]);
            taken += positions[row] != 0 ? 1 : 0;
        }

        Assert.True(taken > 20);
    }

    [Fact]
    public void A_job_of_meta_labels_is_another_job_and_its_encoder_says_what_it_learned_from()
    {
        var bars = Samples.Sp500;
        var meta = new BudgetOverrides(EncoderRuns.Tiny.Values.AddRange(EncoderLabels.Meta.Values));
        var (plain, spec) = (EncoderRuns.Spec(bars, strategy: Strategy), EncoderRuns.Spec(bars, 7, meta, Strategy));

        var output = EncoderRuns.Run(spec, bars);

        var encoder = EncoderModel.Load(ModelArtifact.Parse(output.Files[0].Content));
        Assert.True(encoder.Config.MetaLabels);
        Assert.NotEqual(plain.SpecDigest([]), spec.SpecDigest([]));
        var signal = StrategyCatalog.Get(Strategy).Evaluate(bars).Signal;
        var evaluation = output.Evaluation;
        Assert.All(
            evaluation.Positions.Select((position, i) => (position, signal: signal[evaluation.FirstBar + i])),
            pair => Assert.True(pair.position == 0 || pair.position == pair.signal));
    }

    [Fact]
    public void Too_few_set_ups_are_counted_before_anything_starts()
    {
        var bars = EncoderRuns.Market(700);
        var refused = Assert.Throws<InsufficientDataException>(() => RunSufficiency.Require(
            new RunSpec
            {
                DataName = "market",
                Data = bars.Digest,
                Strategies = [Strategy],
                Stages = [Stage.CnnLstm],
                Agents = [],
                Budget = BudgetName.Quick,
                Seed = 1,
                Overrides = EncoderLabels.Meta,
            },
            bars));

        Assert.Contains($"set-ups of '{Strategy}'", refused.Message);
        Assert.True(refused.Needed > bars.Count);
    }
}
