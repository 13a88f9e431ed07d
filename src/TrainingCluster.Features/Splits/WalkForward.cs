using System.Collections.Immutable;
using TrainingCluster.Features.Windows;

namespace TrainingCluster.Features.Splits;

/// <summary>Whether a walk forward forgets.</summary>
public enum WalkForwardKind
{
    /// <summary>Every step trains on all bars so far.</summary>
    Expanding,

    /// <summary>Every step trains on the same number of bars.</summary>
    Sliding,
}

/// <summary>One step of a walk forward.</summary>
/// <param name="Train">Bars to fit on.</param>
/// <param name="Test">The bars after them and the gap.</param>
/// <param name="IsPartial">The test is shorter than the others, as the bars ended.</param>
public sealed record WalkForwardStep(IndexRange Train, IndexRange Test, bool IsPartial);

/// <summary>
/// Train, then test on what follows, then move on by one test: what a model that is retrained regularly would have
/// seen. The last training bar is at most the test's first bar − 1 − label horizon − embargo, so that no training
/// label looks at a test bar.
/// </summary>
public static class WalkForward
{
    /// <param name="range">The bars to walk over.</param>
    /// <param name="trainBars">Bars of the first training window, and of every one when sliding.</param>
    /// <param name="testBars">Bars of a test, and of a step.</param>
    /// <param name="labelHorizon">Bars a label looks ahead, at least 0.</param>
    /// <param name="embargo">Bars kept out besides, at least 0.</param>
    /// <param name="kind">Whether the training window grows.</param>
    /// <returns>In time order; every bar from the first test on is tested once. A partial last test is
    /// flagged.</returns>
    /// <exception cref="InsufficientDataException">There is no bar to test on.</exception>
    public static ImmutableArray<WalkForwardStep> Create(
        IndexRange range, int trainBars, int testBars, int labelHorizon, int embargo,
        WalkForwardKind kind = WalkForwardKind.Expanding)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(range.Start, nameof(range));
        ArgumentOutOfRangeException.ThrowIfLessThan(trainBars, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(testBars, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(labelHorizon);
        ArgumentOutOfRangeException.ThrowIfNegative(embargo);

        // In 64 bits: windows near the largest integer must not wrap round.
        var needed = (long)trainBars + labelHorizon + embargo + 1;
        if (range.Count < needed)
        {
            throw new InsufficientDataException(
                range.Count,
                (int)Math.Min(needed, int.MaxValue),
                $"{trainBars} to train on, {labelHorizon} of label horizon, {embargo} of embargo and 1 to test on");
        }

        var steps = ImmutableArray.CreateBuilder<WalkForwardStep>();
        for (var end = (long)range.Start + trainBars; end + labelHorizon + embargo < range.End; end += testBars)
        {
            var start = kind == WalkForwardKind.Expanding ? range.Start : end - trainBars;
            var test = end + labelHorizon + embargo;
            var last = Math.Min(test + testBars, range.End);
            steps.Add(new WalkForwardStep(
                new IndexRange((int)start, (int)end), new IndexRange((int)test, (int)last), last - test < testBars));
        }

        return steps.ToImmutable();
    }
}
