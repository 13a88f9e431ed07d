using System.Globalization;
using TrainingCluster.Registry.Grades;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Registry.Views;

/// <summary>
/// File names of the form <c>type_v1.0.0_grade_A_acc_0.95</c>: shown to people and accepted from them, never
/// an identity.
/// </summary>
internal static class ExportNames
{
    private static readonly (string Metric, string Text)[] KeyMetrics =
    [
        (MetricNames.Sharpe, "sharpe"),
        (MetricNames.Accuracy, "acc"),
        (MetricNames.RewardBasisPoints, "reward"),
    ];

    public static string Of(ModelVersion version)
    {
        var name = $"{version.Id.Model.Type}_v{version.Id.Version.ToNormalizedString()}";
        if (version.Grade.Grade is { } grade)
        {
            name += $"_grade_{grade.Text()}";
        }

        foreach (var (metric, text) in KeyMetrics)
        {
            if (version.Metrics.TryGetValue(metric, out var value) && double.IsFinite(value))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{name}_{text}_{value:0.##}");
            }
        }

        return name;
    }
}
