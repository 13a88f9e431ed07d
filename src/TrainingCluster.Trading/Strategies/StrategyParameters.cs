using System.Globalization;
using System.Text;
using TrainingCluster.Features.Labels;

namespace TrainingCluster.Trading.Strategies;

/// <summary>Writes and checks the settings of rules.</summary>
internal static class StrategyParameters
{
    /// <summary>
    /// name(setting=value, …, horizon, profit, stop), numbers in the invariant round-trip form.
    /// </summary>
    public static string Text(
        string name, BarrierOptions barriers, params ReadOnlySpan<(string Name, double Value)> settings)
    {
        var text = new StringBuilder(name).Append('(');
        foreach (var (setting, value) in settings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{setting}={value:R}, ");
        }

        text.Append(CultureInfo.InvariantCulture, $"horizon={barriers.HorizonBars}, ");
        text.Append(CultureInfo.InvariantCulture, $"profit={barriers.ProfitAtr:R}, ");
        text.Append(CultureInfo.InvariantCulture, $"stop={barriers.StopAtr:R})");
        return text.ToString();
    }

    /// <exception cref="ArgumentOutOfRangeException">The value is not above zero and finite.</exception>
    public static double RequirePositive(double value, string name) =>
        value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "the setting must be above 0 and finite");
}
