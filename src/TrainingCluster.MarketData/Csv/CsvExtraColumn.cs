using System.Text;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Csv;

/// <summary>
/// A column that may be numeric or not: what it is shows only at the end. If no value is a number the column
/// is text and left aside; if some are, every other value is a violation.
/// </summary>
internal sealed class CsvExtraColumn(string name, int index)
{
    private readonly List<double> _values = [];
    private readonly List<BarViolation> _unreadable = [];
    private long _unreadableCount;

    /// <summary>Its place in a row.</summary>
    public int Index => index;

    /// <summary>Whether at least one value was a number.</summary>
    public bool IsNumeric { get; private set; }

    public void Add(ReadOnlySpan<byte> text, string source, long line)
    {
        if (IsMissing(text))
        {
            _values.Add(double.NaN);
        }
        else if (CsvNumber.TryParse(text, out var value))
        {
            _values.Add(value);
            IsNumeric = true;
        }
        else
        {
            _values.Add(double.NaN);
            _unreadableCount++;
            if (_unreadable.Count < BarDataException.Shown)
            {
                _unreadable.Add(new BarViolation(
                    source, line, name, CsvText.Show(text),
                    "must be a number like the column's other values, or empty"));
            }
        }
    }

    public void Report(BarViolations violations)
    {
        if (IsNumeric)
        {
            violations.AddRange(_unreadable, _unreadableCount);
        }
    }

    public BarColumn ToColumn() => new(name, _values.ToArray());

    private static bool IsMissing(ReadOnlySpan<byte> text) =>
        text.IsEmpty
        || Ascii.EqualsIgnoreCase(text, "nan"u8)
        || Ascii.EqualsIgnoreCase(text, "null"u8)
        || Ascii.EqualsIgnoreCase(text, "na"u8);
}
