using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Labels;

namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>Turns the JSON of one strategy into a rule and gathers everything that is wrong on the way.</summary>
internal sealed partial class StrategyReader(string source, JsonLines lines)
{
    private static readonly BarrierOptions StandardBarriers = new(HorizonBars: 10, ProfitAtr: 1.5, StopAtr: 1.5);

    private readonly List<StrategyViolation> _violations = [];
    private ConditionParser _conditions = new(ImmutableDictionary<string, IndicatorSpec>.Empty);

    /// <exception cref="StrategyDefinitionException">Something is wrong; all violations are listed.</exception>
    public DeclaredRule Read(JsonElement root)
    {
        foreach (var repeated in lines.Repeated)
        {
            Add(repeated, null, "stands twice");
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            Add("", null, "a strategy must be one object");
            throw Failure();
        }

        RequireKnown(root, "", ["name", "meaning", "indicators", "long", "short", "confidence", "barriers"]);
        var name = Name(root);
        _conditions = new ConditionParser(Indicators(root));
        var (buy, sell) = (Side(root, "long"), Side(root, "short"));
        if (!root.TryGetProperty("long", out _) && !root.TryGetProperty("short", out _))
        {
            Add("", null, "needs 'long' or 'short' or both");
        }

        var confidence = Confidence(root);
        var barriers = Barriers(root);
        return _violations.Count > 0 ? throw Failure() : new DeclaredRule(new DeclaredPlan
        {
            Name = name,
            Parameters = $"{name}:{JsonSerializer.Serialize(root)}",
            Barriers = barriers,
            Columns = [.. _conditions.Columns],
            WarmUp = _conditions.WarmUp,
            Long = buy,
            Short = sell,
            Confidence = confidence,
        });
    }

    private string Name(JsonElement root)
    {
        var name = root.TryGetProperty("name", out var given) && given.ValueKind == JsonValueKind.String
            ? given.GetString()!
            : "";
        if (!NameForm().IsMatch(name))
        {
            Add("name", name.Length == 0 ? null : name, "must be lower-case words joined by underscores");
        }
        else if (StrategyCatalog.Find(name) is not null)
        {
            Add("name", name, "is the name of a strategy that is already there");
        }

        return name;
    }

    private Dictionary<string, IndicatorSpec> Indicators(JsonElement root)
    {
        var named = new Dictionary<string, IndicatorSpec>(StringComparer.Ordinal);
        foreach (var member in Members(root, "indicators", known: null))
        {
            var path = $"indicators.{member.Name}";
            if (!AliasForm().IsMatch(member.Name) || ConditionParser.PriceOf(member.Name) is not null)
            {
                Add(path, member.Name, "a name must be a word of letters, digits and underscores, and no price");
            }
            else if (Text(member.Value, path, "must be an indicator such as \"rsi(14)\"") is { } text)
            {
                Try(path, text, () =>
                {
                    var spec = IndicatorSpec.Parse(text);
                    spec.Make();
                    named[member.Name] = spec;
                    return true;
                });
            }
        }

        return named;
    }

    private StrategySide? Side(JsonElement root, string side)
    {
        if (!root.TryGetProperty(side, out _))
        {
            return null;
        }

        var members = Members(root, side, ["enter", "exit"])
            .ToDictionary(member => member.Name, StringComparer.Ordinal);
        Condition? Of(string name)
        {
            if (members.TryGetValue(name, out var member))
            {
                return Condition(member.Value, $"{side}.{name}");
            }

            Add(side, null, $"needs '{name}'");
            return null;
        }

        var (enter, exit) = (Of("enter"), Of("exit"));
        return enter is null || exit is null ? null : new StrategySide(enter, exit);
    }

    private Condition? Condition(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return Try(path, element.GetString()!, () => _conditions.Parse(element.GetString()!));
            case JsonValueKind.Array:
                return new AllOf(Parts(element, path));
            case JsonValueKind.Object when element.EnumerateObject().ToArray() is [var only]
                && only is { Name: "any" or "all", Value.ValueKind: JsonValueKind.Array }:
                var parts = Parts(only.Value, $"{path}.{only.Name}");
                return only.Name == "any" ? new AnyOf(parts) : new AllOf(parts);
            default:
                Add(path, Short(element),
                    "must be a condition, a list of conditions, or {\"any\": […]} or {\"all\": […]}");
                return null;
        }
    }

    private ImmutableArray<Condition> Parts(JsonElement array, string path)
    {
        if (array.GetArrayLength() == 0)
        {
            Add(path, "[]", "needs at least one condition");
        }

        return [.. array.EnumerateArray().Select((part, i) => Condition(part, $"{path}[{i}]")).OfType<Condition>()];
    }

    private DeclaredConfidence? Confidence(JsonElement root)
    {
        var members = Members(root, "confidence", ["value", "zero", "full"])
            .ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        if (!root.TryGetProperty("confidence", out _))
        {
            return null;
        }

        var (zero, full) = (Number(members, "zero"), Number(members, "full"));
        if (zero == full)
        {
            Add("confidence", null, "'zero' and 'full' must differ");
        }

        if (!members.TryGetValue("value", out var value))
        {
            Add("confidence", null, "needs 'value'");
            return null;
        }

        var text = Text(value, "confidence.value", "must be a price or an indicator, as text");
        return text is null || Try("confidence.value", text, () => (Operand?)_conditions.ParseOperand(text)) is not
        { } operand
            ? null
            : new DeclaredConfidence(operand, zero ?? 0, full ?? 1);
    }

    private double? Number(Dictionary<string, JsonElement> members, string name)
    {
        if (members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number)
        {
            return value.GetDouble();
        }

        Add($"confidence.{name}", members.ContainsKey(name) ? Short(value) : null, "must be a number");
        return null;
    }

    private BarrierOptions Barriers(JsonElement root)
    {
        var barriers = StandardBarriers;
        foreach (var (name, value) in Members(root, "barriers", ["horizon", "profit", "stop"])
            .Select(member => (member.Name, member.Value)))
        {
            var number = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
            if (name == "horizon" && number >= 1 && number <= 100_000 && number == Math.Floor(number))
            {
                barriers = barriers with { HorizonBars = (int)number };
            }
            else if (name != "horizon" && number > 0 && number <= 1000)
            {
                barriers = name == "profit"
                    ? barriers with { ProfitAtr = number }
                    : barriers with { StopAtr = number };
            }
            else
            {
                Add($"barriers.{name}", Short(value), name == "horizon"
                    ? "must be a whole number of bars from 1 to 100000"
                    : "must be a number of average true ranges, above 0 and at most 1000");
            }
        }

        return barriers;
    }

    /// <summary>The members of an object; none, and a violation, where it is not one.</summary>
    private JsonProperty[] Members(JsonElement root, string name, string[]? known)
    {
        if (!root.TryGetProperty(name, out var element))
        {
            return [];
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            Add(name, Short(element), "must be an object");
            return [];
        }

        if (known is not null)
        {
            RequireKnown(element, name, known);
        }

        return [.. element.EnumerateObject()
            .Where(member => known is null || known.Contains(member.Name)).DistinctBy(member => member.Name)];
    }

    private void RequireKnown(JsonElement element, string path, string[] known)
    {
        foreach (var member in element.EnumerateObject().Where(member => !known.Contains(member.Name)))
        {
            Add(path.Length == 0 ? member.Name : $"{path}.{member.Name}", null,
                $"is unknown; there are {string.Join(", ", known)}");
        }
    }

    private string? Text(JsonElement element, string path, string rule)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString();
        }

        Add(path, Short(element), rule);
        return null;
    }

    private T? Try<T>(string path, string value, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (FormatException wrong)
        {
            Add(path, value, wrong.Message);
            return default;
        }
    }

    private void Add(string path, string? value, string rule) => _violations.Add(
        new StrategyViolation(source, lines.Of(path), path.Length == 0 ? null : path, value, rule));

    private StrategyDefinitionException Failure() =>
        new([.. _violations.OrderBy(violation => violation.Line ?? 0)]);

    private static string Short(JsonElement element) =>
        element.GetRawText() is { Length: > 40 } text ? text[..40] + "…" : element.GetRawText();

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex NameForm();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex AliasForm();
}
