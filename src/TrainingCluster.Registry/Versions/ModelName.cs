using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace TrainingCluster.Registry.Versions;

/// <summary>The name of a line of versions, such as <c>cnn_lstm/rsi_mean_reversion</c>.</summary>
[JsonConverter(typeof(ModelNameJsonConverter))]
public sealed partial record ModelName : IComparable<ModelName>
{
    /// <summary>What type and name must look like.</summary>
    public const string Grammar = "[a-z0-9][a-z0-9_-]{0,62}";

    /// <exception cref="FormatException">Type or name breaks <see cref="Grammar"/>.</exception>
    public ModelName(string type, string name)
    {
        Type = Checked("type", type);
        Name = Checked("name", name);
    }

    /// <summary>What kind of model it is; see <see cref="ModelTypes"/>.</summary>
    public string Type { get; }

    public string Name { get; }

    /// <exception cref="FormatException">The text is not <c>type/name</c>.</exception>
    public static ModelName Parse(string text) =>
        TryParse(text, out var model)
            ? model
            : throw new FormatException($"'{text}' is no model name; it must be type/name, each {Grammar}");

    public static bool TryParse(string? text, [NotNullWhen(true)] out ModelName? model)
    {
        var parts = text?.Split('/');
        model = parts is [var type, var name] && Allowed().IsMatch(type) && Allowed().IsMatch(name)
            ? new ModelName(type, name)
            : null;
        return model is not null;
    }

    public int CompareTo(ModelName? other) =>
        other is null ? 1 : string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => $"{Type}/{Name}";

    private static string Checked(string part, string value) =>
        value is not null && Allowed().IsMatch(value)
            ? value
            : throw new FormatException($"the model's {part} is '{value}'; it must match {Grammar}");

    [GeneratedRegex("^" + Grammar + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
