using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Verdicts;

/// <summary>One item of the evidence for a reader.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The figure, or "not computed" with the reason.</param>
/// <param name="Meaning">What it says, in a few words.</param>
public sealed record EvidenceLine(string Name, string Value, string Meaning);

/// <summary>Evidence as lines: the same on every page and screen, in a fixed order.</summary>
public static class EvidenceText
{
    /// <summary>Of one result.</summary>
    public static ImmutableArray<EvidenceLine> Lines(this Evidence evidence) =>
    [
        new("Sharpe ratio a year", Text(evidence.Annual.Plain), "net of costs, times the root of the bars a year"),
        new("95 % interval a year", Interval(evidence), "studentised stationary bootstrap, 2,000 resamples"),
        new("Sharpe ratio a year, adjusted for serial correlation", Text(evidence.Annual.Adjusted),
            evidence.Annual.IsCorrelated
                ? $"returns are correlated (Ljung–Box p {Chance(evidence.Annual.LjungBox)}): this is the one to report"
                : $"no correlation shows (Ljung–Box p {Chance(evidence.Annual.LjungBox)})"),
        new("probability that the Sharpe ratio is above 0", Text(evidence.ProbabilisticSharpe),
            "if this was the only try"),
        new("minimum track record", Bars(evidence.MinimumTrackRecord),
            $"bars for that probability to reach 0.95; there are {Whole(evidence.Bars)}"),
        new("trials on these data", Whole(evidence.Trials.Count), "distinct settings scored, exact repeats not"),
        new("effective trials", evidence.Trials.EffectiveCount is { } effective
                ? Number(effective) : NotComputed(evidence.Trials.WithoutEffective),
            "independent ones that the correlated trials amount to"),
        new("threshold Sharpe ratio per bar", Text(evidence.Trials.Threshold, "0.0000"),
            "what the best of so many would show without skill"),
        new("deflated Sharpe ratio", Text(evidence.DeflatedSharpe),
            $"probability that skill, not the number of trials, made it; {Number(Evidence.SkillLevel)} is convincing"),
        new("deflated by effective trials", Text(evidence.DeflatedByEffective), "the same over the effective trials"),
        new("Sharpe ratio at 0×, 1×, 2×, 3× the costs", evidence.Costs.IsKnown
                ? string.Join(", ", evidence.Costs.Value.Select(at => Number(at.Metrics.SharpeRatio)))
                : NotComputed(evidence.Costs.Missing),
            "the same decisions, dearer"),
        new("worst drawdown", Worst(evidence), "from a peak to the lowest value after it"),
        new("trades, turnover", $"{Whole(evidence.Trades)}, {Number(evidence.Turnover, "0.0")}",
            "stays in the market; sum of changes of position"),
        new("capacity", evidence.Capacity.IsKnown
                ? Whole(Significant(evidence.Capacity.Value.Money)) : NotComputed(evidence.Capacity.Missing),
            "money with which 95 % of the orders take at most 1 % of their bar's volume"),
        new("leak audit", evidence.Leaks.IsKnown
                ? evidence.Leaks.Value.IsAlarm ? "a gate failed" : "no gate failed"
                : NotComputed(evidence.Leaks.Missing),
            "whether anything knew the future"),
    ];

    /// <summary>Of the choice among several.</summary>
    public static ImmutableArray<EvidenceLine> Lines(this FieldEvidence field)
    {
        var among = $"{Whole(field.Competitors.Length)} compared with {field.Benchmark}";
        return
        [
            new("reality check, p", field.RealityCheck.IsKnown
                    ? Chance(field.RealityCheck.Value.PValue) : NotComputed(field.RealityCheck.Missing),
                $"{among}: chance that the best of them beats it so far by luck"),
            new("superior predictive ability, p", field.SuperiorAbility.IsKnown
                    ? $"{Chance(field.SuperiorAbility.Value.Consistent)} "
                        + $"[{Chance(field.SuperiorAbility.Value.Lower)}, {Chance(field.SuperiorAbility.Value.Upper)}]"
                    : NotComputed(field.SuperiorAbility.Missing),
                "the same, studentised; liberal and conservative in brackets"),
            new("probability of overfitting", field.Overfitting.IsKnown
                    ? Number(field.Overfitting.Value.Probability) : NotComputed(field.Overfitting.Missing),
                field.Overfitting.IsKnown
                    ? $"halvings in {field.Blocks} blocks in which the best is below the median in the other half; "
                        + "near 0.5 says little"
                    : "how often the best in one half of the bars is below the median in the other"),
            .. field.Overfitting.IsKnown ? Halvings(field.Overfitting.Value) : [],
        ];
    }

    /// <summary>Of the chosen one against each other.</summary>
    public static ImmutableArray<EvidenceLine> PairLines(this FieldEvidence field) => field.WithoutPairs is { } none
        ? [new EvidenceLine("paired tests", NotComputed(none), "the chosen one against each other")]
        :
        [
            .. field.Pairs.Select(pair => new EvidenceLine(
                $"{field.Chosen} against {pair.Other}, p",
                pair.Difference.IsKnown
                    ? $"{Chance(pair.Difference.Value.PValue)} (adjusted {Chance(pair.Adjusted)})"
                    : NotComputed(pair.Difference.Missing),
                pair.Difference.IsKnown
                    ? $"Sharpe ratio per bar {Number(pair.Difference.Value.Difference, "+0.0000;-0.0000;0")}"
                    : "Ledoit and Wolf's test on the same bars")),
        ];

    private static EvidenceLine[] Halvings(BacktestOverfitting overfitting) =>
    [
        new("chance of a loss outside", Number(overfitting.LossProbability),
            "halvings in which the best of one half loses in the other"),
        new("slope from inside to outside", Text(overfitting.Slope), "how far a better half means a better other half"),
    ];

    private static string Interval(Evidence evidence)
    {
        if (!evidence.SharpeInterval.IsDefined || !evidence.Annual.Plain.IsDefined)
        {
            return NotComputed(evidence.SharpeInterval.Undefined ?? evidence.Annual.Plain.Undefined);
        }

        // The same factor that annualised the ratio itself.
        var factor = evidence.SharpePerBar != 0 ? evidence.Annual.Plain / evidence.SharpePerBar : double.NaN;
        return $"[{Number(evidence.SharpeInterval.Low * factor)}, {Number(evidence.SharpeInterval.High * factor)}]";
    }

    private static string Worst(Evidence evidence) => evidence.DrawdownTimes is { } times
        ? string.Create(CultureInfo.InvariantCulture,
            $"{evidence.WorstDrawdown.Ratio * 100:0.0} %, {times.From:yyyy-MM-dd} to {times.To:yyyy-MM-dd}")
        : "none";

    /// <summary>Two significant digits: more would be made up.</summary>
    private static double Significant(double value)
    {
        var unit = value > 0 ? Math.Pow(10, Math.Floor(Math.Log10(value)) - 1) : 1;
        return Math.Round(value / unit) * unit;
    }

    private static string Text(Estimate estimate, string format = "0.00") =>
        estimate.IsDefined ? Number(estimate.Value, format) : NotComputed(estimate.Undefined);

    private static string Bars(Estimate estimate) =>
        estimate.IsDefined ? $"{Whole(Math.Ceiling(estimate))} bars" : NotComputed(estimate.Undefined);

    /// <summary>A p-value; one that rounds to zero is not zero.</summary>
    private static string Chance(double? p) => p < .0005 ? "< 0.001" : Number(p, "0.000");

    private static string NotComputed(string? reason) => $"not computed: {reason}";

    private static string Number(double? value, string format = "0.00") =>
        value is { } known && double.IsFinite(known) ? known.ToString(format, CultureInfo.InvariantCulture) : "–";

    private static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
