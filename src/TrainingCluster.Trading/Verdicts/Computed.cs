using System.Diagnostics.CodeAnalysis;

namespace TrainingCluster.Trading.Verdicts;

/// <summary>A result, or the reason why there is none.</summary>
/// <param name="Value">Null where it could not be computed.</param>
/// <param name="Missing">Why it could not be, or null.</param>
public sealed record Computed<T>(T? Value, string? Missing)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Missing))]
    public bool IsKnown => Value is not null;
}

/// <summary>Makes results.</summary>
public static class Computed
{
    public static Computed<T> Of<T>(T value)
        where T : class => new(value, null);

    /// <param name="missing">What stands in the way, for a reader.</param>
    public static Computed<T> Not<T>(string missing)
        where T : class
    {
        ArgumentException.ThrowIfNullOrEmpty(missing);
        return new Computed<T>(null, missing);
    }
}
