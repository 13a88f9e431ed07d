using System.Globalization;
using System.Text;

namespace TrainingCluster.MarketData.Repairs;

/// <summary>One thing that was changed so that bars can be used.</summary>
/// <param name="Rule">Short name of the rule, such as <c>thousands-separator</c>.</param>
/// <param name="Source">The file or symbol.</param>
/// <param name="Line">1-based line of the file, null where none is known.</param>
/// <param name="Stamp">Unix milliseconds of the bar, null where the repair is not about one bar.</param>
/// <param name="Detail">What was there and what is there now.</param>
public sealed record BarRepair(string Rule, string Source, long? Line, long? Stamp, string Detail)
{
    /// <summary>One line: <c>order: file, line 7: …</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Rule).Append(": ").Append(Source);
        if (Line is { } line)
        {
            text.Append(CultureInfo.InvariantCulture, $", line {line}");
        }

        if (Stamp is { } stamp)
        {
            text.Append(CultureInfo.InvariantCulture, $", bar {Series.BarRules.Stamp(stamp)}");
        }

        return text.Append(": ").Append(Detail).ToString();
    }
}
