using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.Features.Labels;
using TrainingCluster.MarketData.Quality;

namespace TrainingCluster.Features.Readiness;

/// <summary>What is known of the samples before anything is trained on them.</summary>
/// <param name="Samples">Bars with a label.</param>
/// <param name="WinRate">Share of them whose trade met its target; NaN without samples.</param>
/// <param name="ClassShares">Share of each outcome: loss, time-out, win.</param>
/// <param name="Balance">Smallest share of a class that occurs over the share it would have if all were equal;
/// 1 is balanced, 0 where only one class occurs.</param>
/// <param name="Quality">Score of the bars.</param>
/// <param name="Level">The least that any of samples, balance and quality allows.</param>
/// <param name="Suggestions">What would raise the level; empty at the highest.</param>
public sealed record TrainingReadiness(
    int Samples,
    double WinRate,
    ImmutableArray<double> ClassShares,
    double Balance,
    double Quality,
    ReadinessLevel Level,
    ImmutableArray<string> Suggestions)
{
    private static readonly (ReadinessLevel Level, int Samples, double Balance, double Quality)[] Steps =
    [
        (ReadinessLevel.Excellent, 2000, 0.6, 0.99),
        (ReadinessLevel.Good, 1000, 0.4, QualityReport.Threshold),
        (ReadinessLevel.Fair, 300, 0.2, 0.9),
    ];

    public static TrainingReadiness Of(LabelSet labels, QualityReport quality)
    {
        var counts = new int[3];
        for (var t = 0; t < labels.Count; t++)
        {
            if (labels.Valid[t])
            {
                counts[labels.Barrier[t] + 1]++;
            }
        }

        var samples = counts.Sum();
        var shares = counts.Select(count => samples == 0 ? 0 : (double)count / samples).ToImmutableArray();
        var occurring = shares.Where(share => share > 0).ToArray();
        var balance = occurring.Length < 2 ? 0 : occurring.Min() * occurring.Length;
        var winRate = samples == 0 ? double.NaN : shares[2];
        var level = Steps
            .Where(step => samples >= step.Samples && balance >= step.Balance && quality.Score >= step.Quality)
            .Select(step => step.Level)
            .FirstOrDefault(ReadinessLevel.Poor);
        level = quality.HasCritical ? ReadinessLevel.Poor : level;
        return new TrainingReadiness(
            samples, winRate, shares, balance, quality.Score, level, Suggest(samples, winRate, balance, quality));
    }

    private static ImmutableArray<string> Suggest(int samples, double winRate, double balance, QualityReport quality)
    {
        var (_, most, evenly, clean) = Steps[0];
        var suggestions = ImmutableArray.CreateBuilder<string>();
        if (samples < most)
        {
            Say($"{samples} samples; {most} are wanted: take a longer history, a shorter interval or more symbols");
        }

        if (balance < evenly)
        {
            Say($"the rarest outcome has {balance:P0} of its even share: weight the classes, or move the barriers");
        }

        if (winRate is < 0.3 or > 0.7)
        {
            Say($"{winRate:P0} of the trades win: look at barriers and costs; so lopsided a market may be a leak");
        }

        if (quality.Score < clean)
        {
            Say($"the bars score {quality.Score:0.000}: see their findings, repair or fetch them again");
        }

        return suggestions.ToImmutable();

        void Say(FormattableString text) => suggestions.Add(text.ToString(CultureInfo.InvariantCulture));
    }
}
