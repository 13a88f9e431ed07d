using System.Collections.Immutable;
using System.Text.Json;

namespace TrainingCluster.Features.Drift;

/// <summary>The reference that later data are compared with; kept as JSON beside a model.</summary>
/// <param name="Columns">One a column of numbers.</param>
public sealed record ReferenceProfile(ImmutableArray<ColumnProfile> Columns)
{
    public static ReferenceProfile Of(IEnumerable<(string Name, double[] Values)> columns) =>
        new([.. columns.Select(column => ColumnProfile.Of(column.Name, column.Values))]);

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <exception cref="FormatException">The text is no profile.</exception>
    public static ReferenceProfile FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ReferenceProfile>(json)
                ?? throw new FormatException("the reference profile is empty");
        }
        catch (JsonException error)
        {
            throw new FormatException($"the reference profile is damaged: {error.Message}", error);
        }
    }
}
