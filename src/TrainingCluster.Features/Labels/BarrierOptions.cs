using System.Globalization;

namespace TrainingCluster.Features.Labels;

/// <summary>The three barriers around an entry.</summary>
/// <param name="HorizonBars">Bars held at most, the entry bar included; at least 1.</param>
/// <param name="ProfitAtr">Distance of the profit barrier in average true ranges; above 0.</param>
/// <param name="StopAtr">Distance of the stop barrier in average true ranges; above 0.</param>
public sealed record BarrierOptions(int HorizonBars, double ProfitAtr, double StopAtr)
{
    /// <exception cref="ArgumentException">A value is out of range; the message lists all.</exception>
    public void Validate()
    {
        var broken = new List<string>();
        if (HorizonBars < 1)
        {
            broken.Add(Text($"HorizonBars is {HorizonBars}; it must be at least 1"));
        }

        if (!(ProfitAtr > 0 && double.IsFinite(ProfitAtr)))
        {
            broken.Add(Text($"ProfitAtr is {ProfitAtr}; it must be above 0 and finite"));
        }

        if (!(StopAtr > 0 && double.IsFinite(StopAtr)))
        {
            broken.Add(Text($"StopAtr is {StopAtr}; it must be above 0 and finite"));
        }

        if (broken.Count > 0)
        {
            throw new ArgumentException("The barriers cannot be used:\n  " + string.Join("\n  ", broken));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
