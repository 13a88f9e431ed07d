using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.UnitTests.Features.Splits;

/// <summary>What must hold for whatever splits bars, on labels of any length, in many random layouts.</summary>
public sealed class SplitPropertySpecs
{
    public static TheoryData<int> Layouts => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Purged_folds_keep_parts_and_labels_apart_and_hold_each_bar_once(int seed)
    {
        var layout = new Layout(seed);

        var folds = PurgedFolds.Create(layout.Range, layout.Folds, layout.LastBars, layout.Embargo);

        Assert.Equal(
            Enumerable.Range(layout.Range.Start, layout.Range.Count),
            folds.SelectMany(fold => Enumerable.Range(fold.Held.Start, fold.Held.Count)));
        Assert.All(folds, fold => Apart(layout, fold.TrainBars, [fold.Held]));
        var again = PurgedFolds.Create(layout.Range, layout.Folds, layout.LastBars, layout.Embargo);
        Assert.Equal(folds.Select(fold => fold.Held), again.Select(fold => fold.Held));
        Assert.Equal(folds.SelectMany(fold => fold.TrainBars), again.SelectMany(fold => fold.TrainBars));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Combinatorial_folds_keep_parts_and_labels_apart_and_hold_each_bar_once_a_path(int seed)
    {
        var layout = new Layout(seed);
        var held = 1 + seed % 2;

        var split = CombinatorialFolds.Create(layout.Range, layout.Folds, held, layout.LastBars, layout.Embargo);

        var times = new int[layout.Range.End];
        foreach (var part in split.Folds.SelectMany(fold => fold.Held))
        {
            for (var bar = part.Start; bar < part.End; bar++)
            {
                times[bar]++;
            }
        }

        Assert.All(
            times.Skip(layout.Range.Start),
            count => Assert.Equal(CombinatorialFolds.PathCount(layout.Folds, held), count));
        Assert.All(split.Folds, fold => Apart(layout, fold.TrainBars, fold.Held));
        var again = CombinatorialFolds.Create(layout.Range, layout.Folds, held, layout.LastBars, layout.Embargo);
        Assert.Equal(
            split.Folds.SelectMany(fold => fold.TrainBars), again.Folds.SelectMany(fold => fold.TrainBars));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Walks_and_time_splits_train_on_the_past_alone(int seed)
    {
        var layout = new Layout(seed);
        var kind = seed % 2 == 0 ? WalkForwardKind.Expanding : WalkForwardKind.Sliding;

        var steps = WalkForward.Create(
            layout.Range, 60, 10 + seed, Layout.Longest, layout.Embargo, kind);
        var split = TimeSplit.Create(layout.Range.Start, layout.Range.End, Layout.Longest, 1 + seed % 30);

        Assert.All(steps, step => Assert.True(
            step.Train.Count > 0 && step.Train.End - 1 + Layout.Longest + layout.Embargo < step.Test.Start));
        Assert.Equal(
            Enumerable.Range(steps[0].Test.Start, layout.Range.End - steps[0].Test.Start),
            steps.SelectMany(step => Enumerable.Range(step.Test.Start, step.Test.Count)));
        Assert.True(split.Train.End - 1 + Layout.Longest < split.Validation.Start);
        Assert.True(split.Validation.End - 1 + Layout.Longest < split.Test.Start);
        Assert.Equal(split, TimeSplit.Create(layout.Range.Start, layout.Range.End, Layout.Longest, 1 + seed % 30));
    }

    /// <summary>No bar on both sides; no label of one side over bars of the other; the embargo behind each
    /// part.</summary>
    private static void Apart(Layout layout, IEnumerable<int> train, IEnumerable<IndexRange> held)
    {
        var bars = train.ToArray();
        Assert.NotEmpty(bars);
        foreach (var part in held)
        {
            var last = Enumerable.Range(part.Start, part.Count).Max(bar => layout.LastBars[bar]);
            Assert.All(bars, bar => Assert.True(
                !part.Contains(bar)
                    && (layout.LastBars[bar] <= part.Start || bar >= Math.Min(last, part.End) && bar >= part.Start)
                    && (bar < part.Start || bar >= last + layout.Embargo),
                $"bar {bar}, whose label ends at {layout.LastBars[bar]}, against {part}"));
        }
    }

    /// <summary>Bars, labels that look up to some bars ahead, folds and an embargo.</summary>
    private sealed class Layout
    {
        public const int Longest = 12;

        public Layout(int seed)
        {
            var random = new Seed((ulong)seed).For("layout").Stream();
            var start = random.NextInt32(50);
            Range = new IndexRange(start, start + 300 + random.NextInt32(300));
            Folds = 4 + random.NextInt32(4);
            Embargo = random.NextInt32(20);
            LastBars = [.. Enumerable.Range(0, Range.End).Select(bar => bar + 1 + random.NextInt32(Longest))];
        }

        public IndexRange Range { get; }

        public int Folds { get; }

        public int Embargo { get; }

        public int[] LastBars { get; }
    }
}
