using System.Globalization;
using System.Text;

namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>One thing that is wrong with a strategy's definition.</summary>
/// <param name="Source">The file, or the strategy's name.</param>
/// <param name="Line">Counted from 1; null where the source has no lines.</param>
/// <param name="Path">Where, such as <c>long.enter[0]</c>; null for the whole.</param>
/// <param name="Value">The offending text, null where there is none.</param>
/// <param name="Rule">What must hold.</param>
public sealed record StrategyViolation(string Source, int? Line, string? Path, string? Value, string Rule)
{
    /// <summary>One line: <c>dip.json, line 7, long.enter[0], value 'rsi &lt;': needs …</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Source);
        if (Line is { } line)
        {
            text.Append(CultureInfo.InvariantCulture, $", line {line}");
        }

        if (Path is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", {Path}");
        }

        if (Value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", value '{Value}'");
        }

        return text.Append(": ").Append(Rule).ToString();
    }
}
