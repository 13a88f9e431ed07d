using TrainingCluster.Features.Windows;

namespace TrainingCluster.Features.Splits;

/// <summary>
/// Train, validation and test in the order of time, the test last. Between two parts lie
/// <see cref="PurgeBars"/> + <see cref="EmbargoBars"/> bars that belong to neither.
/// </summary>
/// <param name="Train">Bars to fit on.</param>
/// <param name="Validation">Bars to choose by.</param>
/// <param name="Test">Bars to report on; never to choose by.</param>
/// <param name="PurgeBars">Label horizon + 1: no label of a part looks at a bar of the next one.</param>
/// <param name="EmbargoBars">One window: no window of a part shares a bar with a label of the part before it.
/// Features that look further back see only the past of their own bar, which is no leak in this order of
/// parts, so that their lookback adds nothing.</param>
public sealed record TimeSplit(
    IndexRange Train, IndexRange Validation, IndexRange Test, int PurgeBars, int EmbargoBars)
{
    private const int FewestBars = 30;

    /// <param name="firstUsableBar">The first bar with a full window, a direction and a label.</param>
    /// <param name="bars">All bars of the series.</param>
    /// <param name="labelHorizon">Bars a label looks ahead at most, at least 1.</param>
    /// <param name="windowLength">Bars of a window, at least 1.</param>
    /// <param name="train">Share of the usable bars, above 0.</param>
    /// <param name="validation">Share of the usable bars, above 0; the test gets the rest.</param>
    /// <exception cref="InsufficientDataException">A part would be shorter than a window or 30
    /// bars.</exception>
    public static TimeSplit Create(
        int firstUsableBar,
        int bars,
        int labelHorizon,
        int windowLength,
        double train = .6,
        double validation = .2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstUsableBar);
        ArgumentOutOfRangeException.ThrowIfLessThan(labelHorizon, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowLength, 1);
        RequireShares(train, validation);

        var purge = labelHorizon + 1;
        var gaps = 2 * (purge + windowLength);
        var fewest = Math.Max(windowLength, FewestBars);
        var usable = bars - firstUsableBar - gaps;
        var (trainCount, validationCount, testCount) = Counts(usable, train, validation);
        if (Math.Min(trainCount, Math.Min(validationCount, testCount)) < fewest)
        {
            throw new InsufficientDataException(
                bars,
                firstUsableBar + gaps + FewestUsable(fewest, train, validation),
                $"{firstUsableBar} before the first usable one, {gaps} in the two gaps of purge {purge} "
                + $"and embargo {windowLength}, and at least {fewest} in each of train, validation and test");
        }

        var trainRange = new IndexRange(firstUsableBar, firstUsableBar + trainCount);
        var validationStart = trainRange.End + purge + windowLength;
        var validationRange = new IndexRange(validationStart, validationStart + validationCount);
        var testRange = new IndexRange(validationRange.End + purge + windowLength, bars);
        return new TimeSplit(trainRange, validationRange, testRange, purge, windowLength);
    }

    private static (int Train, int Validation, int Test) Counts(int usable, double train, double validation)
    {
        var trainCount = (int)Math.Floor(usable * train);
        var validationCount = (int)Math.Floor(usable * validation);
        return (trainCount, validationCount, usable - trainCount - validationCount);
    }

    private static int FewestUsable(int fewest, double train, double validation)
    {
        var smallest = Math.Min(train, Math.Min(validation, 1 - train - validation));
        var usable = Math.Max(3 * fewest, (int)(fewest / smallest) - 2);
        while (true)
        {
            var (trainCount, validationCount, testCount) = Counts(usable, train, validation);
            if (Math.Min(trainCount, Math.Min(validationCount, testCount)) >= fewest)
            {
                return usable;
            }

            usable++;
        }
    }

    private static void RequireShares(double train, double validation)
    {
        if (!(train > 0 && validation > 0 && train + validation < 1))
        {
            throw new ArgumentException(
                $"the shares are train {train} and validation {validation}; both must be above 0 "
                + "and leave something for the test");
        }
    }
}
