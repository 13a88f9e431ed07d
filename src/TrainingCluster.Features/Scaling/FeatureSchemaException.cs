using System.Collections.Immutable;

namespace TrainingCluster.Features.Scaling;

/// <summary>The columns given are not the columns a scaler or model was fitted on.</summary>
public sealed class FeatureSchemaException(
    ImmutableArray<string> missing, ImmutableArray<string> extra, string? order)
    : Exception(Describe(missing, extra, order))
{
    public ImmutableArray<string> Missing { get; } = missing;

    public ImmutableArray<string> Extra { get; } = extra;

    private static string Describe(
        ImmutableArray<string> missing, ImmutableArray<string> extra, string? order)
    {
        var parts = new List<string>();
        if (!missing.IsEmpty)
        {
            parts.Add($"missing: {string.Join(", ", missing)}");
        }

        if (!extra.IsEmpty)
        {
            parts.Add($"not expected: {string.Join(", ", extra)}");
        }

        if (order is not null)
        {
            parts.Add($"order must be {order}");
        }

        return "The features are not those that were fitted; " + string.Join("; ", parts)
            + ". Use bars with the same columns, or fit again.";
    }
}
