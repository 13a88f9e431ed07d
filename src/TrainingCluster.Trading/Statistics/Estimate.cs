using System.Diagnostics.CodeAnalysis;

namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// A statistic that is either a finite number or undefined for a stated reason; it is never zero or infinity
/// in place of "cannot be known".
/// </summary>
public readonly record struct Estimate
{
    private readonly string? _reason;
    private readonly double _value;

    private Estimate(double value, string? reason)
    {
        _value = value;
        _reason = reason;
    }

    /// <summary>The number, or null where undefined.</summary>
    public double? Value => IsDefined ? _value : null;

    /// <summary>Why there is no number, or null where there is one.</summary>
    public string? Undefined => _reason;

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Undefined))]
    public bool IsDefined => _reason is null;

    /// <summary>A number; one that is not finite becomes undefined, with that as the reason.</summary>
    public static Estimate Of(double value) =>
        double.IsFinite(value) ? new Estimate(value, null) : NotDefined($"the result {value} is not finite");

    public static Estimate NotDefined(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return new Estimate(double.NaN, reason);
    }

    /// <summary>The number, or NaN where undefined: every comparison with a gate then fails.</summary>
    public static implicit operator double(Estimate estimate) =>
        estimate.IsDefined ? estimate._value : double.NaN;

    public override string ToString() =>
        IsDefined
            ? _value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)
            : $"undefined: {_reason}";
}
