using System.Globalization;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Leakage.Gates;

/// <summary>
/// Every decision comes one bar late. An edge that is all gone then was perhaps never there; one that grows is a
/// mistake in the alignment.
/// </summary>
internal static class LagGate
{
    private const double HighSharpe = 2;
    private const double CollapsedSharpe = 0.5;

    /// <summary>The 99.95 % point of a normal: improvement by chance is common.</summary>
    private const double Improvement = 3.29;

    public static GateResult Check(AuditSubject subject)
    {
        var late = new double[subject.Bars.Count];
        subject.Run.Positions.AsSpan(..^1).CopyTo(late.AsSpan(1));
        var (now, then) = (Returns(subject, subject.Run.Positions), Returns(subject, late));
        var annualise = Math.Sqrt(subject.Bars.BarsPerYear);
        if (SharpeStatistics.Sharpe(now).Value * annualise is not { } prompt
            || SharpeStatistics.Sharpe(then).Value * annualise is not { } lagged)
        {
            return GateResult.NotChecked(LeakGate.Lag, "the decisions earn nothing that varies");
        }

        var figures = string.Create(CultureInfo.InvariantCulture, $"from {prompt:0.0} to {lagged:0.0} a year");
        if (SharpeDifference.LedoitWolf(then, now) is { } test && test.Z > Improvement)
        {
            return GateResult.Of(LeakGate.Lag, [new LeakFinding(
                LeakSeverity.Leak, $"the Sharpe ratio grows {figures} when decisions come a bar late")]);
        }

        return GateResult.Of(LeakGate.Lag, prompt > HighSharpe && lagged < CollapsedSharpe
            ? [new LeakFinding(
                LeakSeverity.Suspect, $"the Sharpe ratio falls {figures} when decisions come a bar late")]
            : []);
    }

    private static double[] Returns(AuditSubject subject, double[] positions) =>
        [.. Backtest.Run(subject.Bars, positions, subject.Options.Test, CostModel.Free).Returns];
}
