using System.Globalization;

namespace TrainingCluster.Trading.Leakage.Gates;

/// <summary>What a run says of itself: fit windows, training rows, fills and joins.</summary>
internal static class RecordGates
{
    private const int FewestFills = 10;
    private const double BestPriceShare = 0.9;

    public static GateResult FitWindows(AuditSubject subject)
    {
        var train = subject.Options.Train;
        return subject.Run.Fits.IsEmpty
            ? GateResult.NotChecked(LeakGate.FitWindow, "the pipeline records no fitted step")
            : GateResult.Of(LeakGate.FitWindow, subject.Run.Fits
                .Where(fit => fit.FirstBar < train.Start || fit.LastBar >= train.End)
                .Select(fit => new LeakFinding(
                    LeakSeverity.Leak,
                    $"{fit.Step} was fitted on bars {fit.FirstBar} to {fit.LastBar}; the training window is {train}",
                    fit.LastBar)));
    }

    public static GateResult TrainRows(AuditSubject subject)
    {
        var rows = subject.Run.TrainBars;
        return rows.IsEmpty
            ? GateResult.NotChecked(LeakGate.TrainRows, "the pipeline learns from no rows")
            : GateResult.Of(LeakGate.TrainRows, RowFindings(subject).Take(1));
    }

    public static GateResult Execution(AuditSubject subject)
    {
        LeakFinding[] unfinished = [.. Unfinished(subject)];
        return subject.Run.Fills.IsEmpty && unfinished.Length == 0
            ? GateResult.NotChecked(LeakGate.Execution, "the pipeline records no fills")
            : GateResult.Of(
                LeakGate.Execution,
                subject.Run.Fills.SelectMany(fill => FillFindings(subject, fill)).Take(1)
                    .Concat(BestPrices(subject))
                    .Concat(unfinished));
    }

    public static GateResult Joins(AuditSubject subject) => subject.Run.Joins.IsEmpty
        ? GateResult.NotChecked(LeakGate.AsOfJoin, "the pipeline joins no other source")
        : GateResult.Of(LeakGate.AsOfJoin, subject.Run.Joins
            .Where(join => join.AvailableAt > subject.Bars.Times[join.Bar])
            .Take(1)
            .Select(join => new LeakFinding(
                LeakSeverity.Leak,
                $"{join.Source} joined at bar {join.Bar} was available "
                + $"{join.AvailableAt - subject.Bars.Times[join.Bar]} ms after it",
                join.Bar,
                join.Source)));

    private static IEnumerable<LeakFinding> RowFindings(AuditSubject subject)
    {
        var (train, test) = (subject.Options.Train, subject.Options.Test);
        foreach (var bar in subject.Run.TrainBars)
        {
            if (!train.Contains(bar))
            {
                var where = test.Contains(bar) ? $"in the test window {test}" : $"outside the training window {train}";
                yield return new LeakFinding(LeakSeverity.Leak, $"bar {bar} was learnt from, {where}", bar);
            }
            else if (subject.Labels.LastBar[bar] > test.Start)
            {
                yield return new LeakFinding(
                    LeakSeverity.Leak,
                    $"bar {bar} was learnt from, whose label looks at bar {subject.Labels.LastBar[bar]}; the test "
                    + $"starts at bar {test.Start}",
                    bar);
            }
        }
    }

    private static IEnumerable<LeakFinding> FillFindings(AuditSubject subject, PipelineFill fill)
    {
        var bars = subject.Bars;
        if (fill.FillBar <= fill.DecisionBar)
        {
            yield return new LeakFinding(
                LeakSeverity.Leak,
                $"an order decided at the close of bar {fill.DecisionBar} filled in bar {fill.FillBar}",
                fill.DecisionBar);
        }
        else if (fill.FillBar >= bars.Count
            || !(fill.Price >= bars.Low[fill.FillBar] && fill.Price <= bars.High[fill.FillBar]))
        {
            yield return new LeakFinding(
                LeakSeverity.Leak,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"an order filled in bar {fill.FillBar} at {fill.Price:R}, a price that the bar does not hold"),
                fill.FillBar);
        }
    }

    /// <summary>
    /// A decision on a bar that is still being made. A suspicion only: a stamp does not say whether it is the bar's
    /// start or its end, and a day ends with its session.
    /// </summary>
    private static IEnumerable<LeakFinding> Unfinished(AuditSubject subject)
    {
        var (bars, decided) = (subject.Bars, subject.Options.Test.End - 1);
        if (subject.Options.Now is { } now
            && bars.Times[decided] + bars.Interval.TotalMilliseconds > now.ToUnixTimeMilliseconds())
        {
            yield return new LeakFinding(
                LeakSeverity.Suspect,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"bar {decided} is decided on, but is not over at {now:yyyy-MM-dd'T'HH:mm:ss'Z'} where its stamp "
                    + $"is its start; leave it out"),
                decided);
        }
    }

    /// <summary>Nobody buys every low and sells every high.</summary>
    private static IEnumerable<LeakFinding> BestPrices(AuditSubject subject)
    {
        var bars = subject.Bars;
        var inside = subject.Run.Fills
            .Where(fill => fill.FillBar < bars.Count && bars.High[fill.FillBar] > bars.Low[fill.FillBar])
            .ToArray();
        var best = inside.Count(fill =>
            fill.Price == (fill.Side > 0 ? bars.Low[fill.FillBar] : bars.High[fill.FillBar]));
        return inside.Length >= FewestFills && best > BestPriceShare * inside.Length
            ? [new LeakFinding(
                LeakSeverity.Leak, $"{best} of {inside.Length} orders filled at the best price of their bar")]
            : [];
    }
}
