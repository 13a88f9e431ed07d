using System.Globalization;
using System.Text.RegularExpressions;
using TrainingCluster.Features.Indicators;

namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>
/// Reads conditions such as <c>rsi &lt; 30</c>, <c>fast crosses above slow</c>,
/// <c>close &gt; 1.01 * bollinger(20).upper[1]</c>, and gathers the columns that they need.
/// </summary>
internal sealed partial class ConditionParser(IReadOnlyDictionary<string, IndicatorSpec> indicators)
{
    private const int MostLag = 1000;

    private readonly List<ColumnSource> _columns = [];
    private readonly Dictionary<(string Text, int Output), int> _places = [];

    public IReadOnlyList<ColumnSource> Columns => _columns;

    /// <summary>The first bar at which everything that was parsed is defined.</summary>
    public int WarmUp { get; private set; }

    /// <exception cref="FormatException">The text is no condition; the message says what must hold.</exception>
    public Condition Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            throw new FormatException(
                "must be two values with one of <, <=, >, >=, 'crosses above' or 'crosses below' between them");
        }

        var comparison = SpaceRun().Replace(match.Groups["comparison"].Value, " ") switch
        {
            "<" => Comparison.Below,
            "<=" => Comparison.AtMost,
            ">" => Comparison.Above,
            ">=" => Comparison.AtLeast,
            "crosses above" => Comparison.CrossesAbove,
            _ => Comparison.CrossesBelow,
        };
        var reach = comparison is Comparison.CrossesAbove or Comparison.CrossesBelow ? 1 : 0;
        var left = ParseOperand(match.Groups["left"].Value, reach);
        var right = ParseOperand(match.Groups["right"].Value, reach);
        return left.Column < 0 && right.Column < 0
            ? throw new FormatException("compares two numbers; at least one side must be a price or an indicator")
            : new Compared(left, comparison, right);
    }

    /// <param name="text">A number, a price or an indicator, with a factor in front or a lag behind.</param>
    /// <param name="reach">Further bars that are looked back.</param>
    /// <exception cref="FormatException">The text is no value; the message says what must hold.</exception>
    public Operand ParseOperand(string text, int reach = 0)
    {
        if (Number(text) is { } number)
        {
            return new Operand(-1, number, 0);
        }

        var match = OperandForm().Match(text);
        if (!match.Success)
        {
            throw new FormatException(
                $"'{text.Trim()}' must be a number, a price or an indicator, such as close, rsi(14), "
                + "1.01 * sma(50) or bollinger(20).upper[1]");
        }

        var factor = match.Groups["factor"].Success ? Number(match.Groups["factor"].Value) : 1;
        var lag = match.Groups["lag"].Success ? Number(match.Groups["lag"].Value) : 0;
        if (factor is null || !(lag <= MostLag))
        {
            throw new FormatException($"'{text.Trim()}' looks back too far or has no number in front; "
                + $"at most {MostLag} bars are allowed");
        }

        var column = Column(match);
        WarmUp = Math.Max(WarmUp, _columns[column].WarmUp + (int)lag.Value + reach);
        return new Operand(column, factor.Value, (int)lag.Value);
    }

    private int Column(Match match)
    {
        var (name, arguments, output) =
            (match.Groups["name"].Value, match.Groups["arguments"].Value, match.Groups["output"].Value);
        if (arguments.Length == 0 && PriceOf(name) is { } price)
        {
            return output.Length == 0
                ? Place((name, 0), new ColumnSource(price, null, 0, 0))
                : throw new FormatException($"'{name}' is a price and has no output '{output}'");
        }

        var spec = arguments.Length == 0 && indicators.TryGetValue(name, out var named)
            ? named
            : IndicatorCatalogue.Find(name.ToLowerInvariant()) is not null
                ? IndicatorSpec.Parse(name + arguments)
                : throw new FormatException(
                    $"'{name}' is no price, no name of 'indicators' and no indicator; prices are "
                    + string.Join(", ", Enum.GetNames<PriceInput>()).ToLowerInvariant());
        var indicator = spec.Make();
        var place = output.Length == 0 && indicator.Outputs.Length == 1 ? 0 : indicator.Outputs.IndexOf(output);
        return place >= 0
            ? Place((spec.Text, place), new ColumnSource(null, spec, place, indicator.WarmUp))
            : throw new FormatException(
                $"'{name}' needs one of its outputs behind a dot: {string.Join(", ", indicator.Outputs)}");
    }

    private int Place((string Text, int Output) key, ColumnSource source)
    {
        if (!_places.TryGetValue(key, out var place))
        {
            _places[key] = place = _columns.Count;
            _columns.Add(source);
        }

        return place;
    }

    /// <summary>Null where no price has that name.</summary>
    public static PriceInput? PriceOf(string name) =>
        char.IsLetter(name[0]) && Enum.TryParse<PriceInput>(name, ignoreCase: true, out var price) ? price : null;

    private static double? Number(string text) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number : null;

    [GeneratedRegex(@"^(?<left>[^<>]+?)(?<comparison><=|>=|<|>|\bcrosses\s+(above|below)\b)(?<right>[^<>]+)$")]
    private static partial Regex Form();

    [GeneratedRegex(@"^\s*((?<factor>[-+.\deE]+)\s*\*\s*)?(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*(?<arguments>\([^()]*\))?"
        + @"\s*(\.(?<output>[A-Za-z_]+))?\s*(\[\s*(?<lag>\d{1,9})\s*\])?\s*$")]
    private static partial Regex OperandForm();

    [GeneratedRegex(@"\s+")]
    private static partial Regex SpaceRun();
}
