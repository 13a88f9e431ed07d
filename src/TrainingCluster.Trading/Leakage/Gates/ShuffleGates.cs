using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Leakage.Gates;

/// <summary>
/// Labels and markets without anything to learn: whoever is still right has seen the answers. A first alarm must be
/// confirmed by fresh shuffles, so that chance alone seldom raises one.
/// </summary>
internal static class ShuffleGates
{
    /// <summary>The two-sided 99 % point of a normal.</summary>
    private const double Critical = 2.5758293;
    private const int FewestPredictions = 30;

    public static GateResult Labels(AuditSubject subject)
    {
        var predicted = TestBars(subject).Count(bar => subject.Run.Predictions[bar] != 0);
        return predicted < FewestPredictions
            ? GateResult.NotChecked(
                LeakGate.LabelShuffle, $"there are {predicted} predictions with labels; {FewestPredictions} are needed")
            : Confirmed(LeakGate.LabelShuffle, subject, LabelScore, "shuffled labels are predicted");
    }

    public static GateResult Market(AuditSubject subject) =>
        subject.Run.Positions.All(position => position == 0)
            ? GateResult.NotChecked(LeakGate.Placebo, "the pipeline takes no position")
            : Confirmed(LeakGate.Placebo, subject, MarketScore, "shuffled markets are beaten before costs");

    private static GateResult Confirmed(
        LeakGate gate, AuditSubject subject, Func<AuditSubject, Seed, double> score, string what)
    {
        var first = score(subject, subject.Options.Seed.For($"{gate} 1"));
        if (!(first > Critical))
        {
            return GateResult.Of(gate, []);
        }

        var second = score(subject, subject.Options.Seed.For($"{gate} 2"));
        return GateResult.Of(gate, second > Critical
            ? [new LeakFinding(
                LeakSeverity.Leak,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: {first:0.0} and {second:0.0} standard errors above chance in {subject.Options.Shuffles} "
                    + $"shuffles each"))]
            : []);
    }

    /// <summary>Hits above chance over all shuffles, in standard errors; margins as they are.</summary>
    private static double LabelScore(AuditSubject subject, Seed seed)
    {
        var (excess, variance) = (0.0, 0.0);
        for (var i = 0; i < subject.Options.Shuffles; i++)
        {
            var labels = Shuffled(subject, seed.For($"shuffle {i}"));
            var run = subject.RunOn(subject.Bars, labels);
            var bars = TestBars(subject).Where(bar => run.Predictions[bar] != 0).ToArray();
            if (bars.Length < 2)
            {
                continue;
            }

            double count = bars.Length;
            var hits = bars.Count(bar => run.Predictions[bar] > 0 == labels.Up[bar] > 0);
            var said = bars.Count(bar => run.Predictions[bar] > 0) / count;
            var up = bars.Count(bar => labels.Up[bar] > 0) / count;
            excess += hits - count * (said * up + (1 - said) * (1 - up));
            variance += 4 * count * said * (1 - said) * up * (1 - up) * count / (count - 1);
        }

        return variance > 0 ? excess / Math.Sqrt(variance) : 0;
    }

    /// <summary>Mean gross Sharpe over shuffled markets, in standard errors.</summary>
    private static double MarketScore(AuditSubject subject, Seed seed)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < subject.Options.Shuffles; i++)
        {
            var bars = ChangedBars.Shuffled(subject.Bars, seed.For($"market {i}"));
            var run = subject.RunOn(bars, subject.Pipeline.Label(bars));
            var returns = Backtest.Run(bars, run.Positions, subject.Options.Test, CostModel.Free).Returns;
            if (SharpeStatistics.Sharpe(returns.AsSpan()).Value is { } sharpe)
            {
                sum += sharpe * Math.Sqrt(returns.Length);
                count++;
            }
        }

        return count > 0 ? sum / Math.Sqrt(count) : 0;
    }

    private static PipelineLabels Shuffled(AuditSubject subject, Seed seed)
    {
        var bars = Enumerable.Range(0, subject.Bars.Count).Where(bar => subject.Labels.Up[bar] != 0).ToArray();
        var values = bars.Select(bar => subject.Labels.Up[bar]).ToArray();
        seed.Stream().Shuffle<sbyte>(values);
        var up = subject.Labels.Up.ToBuilder();
        for (var i = 0; i < bars.Length; i++)
        {
            up[bars[i]] = values[i];
        }

        return subject.Labels with { Up = up.ToImmutable() };
    }

    private static IEnumerable<int> TestBars(AuditSubject subject) =>
        Enumerable.Range(subject.Options.Test.Start, subject.Options.Test.Count)
            .Where(bar => subject.Labels.Up[bar] != 0);
}
