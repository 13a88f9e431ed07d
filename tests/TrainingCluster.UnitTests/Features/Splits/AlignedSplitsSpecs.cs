using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Splits;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.Features.Splits;

public sealed class AlignedSplitsSpecs
{
    private const int Horizon = 5;
    private const int Window = 20;

    /// <summary>B begins 300 days later than A and misses 100 days in its middle.</summary>
    private static readonly BarPanel Panel = BarPanel.Of(
    [
        Bars.Daily(1200).Noisy(0.01, 1).Named("A").Build(),
        Bars.Daily(1200).WithoutStamps(700, 100).WithoutStamps(0, 300).Noisy(0.01, 2).Named("B").Build(),
    ]);

    [Fact]
    public void One_symbol_is_split_as_ever()
    {
        Assert.Equal(
            TimeSplit.Create(30, 1200, Horizon, Window),
            Assert.Single(AlignedSplits.Create(Panel.Symbols[0], [30], Horizon, Window)));
    }

    [Fact]
    public void No_part_of_any_symbol_reaches_into_a_later_part_of_another()
    {
        var splits = AlignedSplits.Create(Panel, [30, 30], Horizon, Window);

        long Last(Func<TimeSplit, int> bar) => splits.Select((split, k) => Panel.Symbols[k].Times[bar(split)]).Max();
        long First(Func<TimeSplit, int> bar) => splits.Select((split, k) => Panel.Symbols[k].Times[bar(split)]).Min();
        var lastTrainLabel = Last(split => split.Train.End - 1 + 1 + Horizon);
        var firstValidationWindow = First(split => split.Validation.Start - Window + 1);
        var lastValidationLabel = Last(split => split.Validation.End - 1 + 1 + Horizon);
        var firstTestWindow = First(split => split.Test.Start - Window + 1);

        Assert.True(lastTrainLabel < firstValidationWindow, "a training label looks into a validation window");
        Assert.True(lastValidationLabel < firstTestWindow, "a validation label looks into a test window");
        Assert.Equal([1200, 800], splits.Select(split => split.Test.End));
        Assert.Equal([30, 30], splits.Select(split => split.Train.Start));
        var usable = splits.Sum(split => split.Train.Count + split.Validation.Count + split.Test.Count);
        Assert.InRange(splits.Sum(split => split.Train.Count) / (double)usable, 0.57, 0.63);
    }

    [Fact]
    public void A_symbol_that_ends_before_the_test_begins_is_named()
    {
        var old = Bars.Daily(400).Noisy(0.01, 3).Named("OLD").Build();

        var few = Assert.Throws<InsufficientDataException>(
            () => AlignedSplits.Create(BarPanel.Of([.. Panel.Symbols, old]), [30, 30, 30], Horizon, Window));

        Assert.Contains("'OLD'", few.Message);
        Assert.Contains("0 fall into validation", few.Message);
        Assert.Contains("--from", few.Message);
    }

    [Fact]
    public void Folds_hold_each_row_once_and_train_on_no_label_that_meets_a_held_one_in_any_symbol()
    {
        var splits = AlignedSplits.Create(Panel, [30, 30], Horizon, Window);
        var labels = Panel.Symbols.Select(Labels).ToArray();

        var folds = AlignedFolds.Create(Panel, [.. splits.Select(split => split.Train)], 3, [.. labels], 40);

        var all = splits.SelectMany((split, k) =>
            Enumerable.Range(Panel.Starts[k] + split.Train.Start, split.Train.Count));
        Assert.Equal(all, folds.SelectMany(fold => fold.Held).Order());
        foreach (var fold in folds)
        {
            var firstHeld = fold.Held.Min(Panel.TimeOf);
            var lastHeldLabel = fold.Held.Max(LabelEnd);
            Assert.NotEmpty(fold.TrainRows);
            Assert.All(fold.TrainRows, row => Assert.True(
                LabelEnd(row) < firstHeld || Panel.TimeOf(row) > lastHeldLabel, $"row {row} meets the held labels"));
            Assert.Equal(fold.TrainRows.Order(), fold.TrainRows);
        }

        long LabelEnd(int row)
        {
            var k = Panel.SymbolOf(row);
            return Panel.Symbols[k].Times[labels[k].LastBar[row - Panel.Starts[k]]];
        }
    }

    private static LabelSet Labels(BarSeries bars) => Labelling.Label(
        bars, Enumerable.Repeat((sbyte)1, bars.Count).ToArray(), Enumerable.Repeat(1.0, bars.Count).ToArray(),
        new BarrierOptions(Horizon, 2, 2));
}
