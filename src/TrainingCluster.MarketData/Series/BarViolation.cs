using System.Globalization;
using System.Text;

namespace TrainingCluster.MarketData.Series;

/// <summary>One broken rule of some bars.</summary>
/// <param name="Source">The file, or the symbol where no file is known.</param>
/// <param name="Line">1-based line of the file, null where the rule is not about one line.</param>
/// <param name="Column">The column as the source spells it, null where the rule is not about one
/// column.</param>
/// <param name="Value">The offending text, null where there is none.</param>
/// <param name="Rule">What must hold, and what to do where that is not plain.</param>
public sealed record BarViolation(string Source, long? Line, string? Column, string? Value, string Rule)
{
    /// <summary>One line: <c>file, line 7, column 'close', value 'abc': must be a number</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Source);
        if (Line is { } line)
        {
            text.Append(CultureInfo.InvariantCulture, $", line {line}");
        }

        if (Column is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", column '{Column}'");
        }

        if (Value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", value '{Value}'");
        }

        return text.Append(": ").Append(Rule).ToString();
    }
}
