using System.Collections.Immutable;

namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>How two operands are compared.</summary>
internal enum Comparison
{
    Below,
    AtMost,
    Above,
    AtLeast,

    /// <summary>Above now, and not above one bar ago.</summary>
    CrossesAbove,

    /// <summary>Below now, and not below one bar ago.</summary>
    CrossesBelow,
}

/// <summary>Something that holds at a bar or does not; what is not yet defined does not hold.</summary>
internal abstract record Condition
{
    public abstract bool Holds(double[][] columns, int t);
}

internal sealed record Compared(Operand Left, Comparison Comparison, Operand Right) : Condition
{
    public override bool Holds(double[][] columns, int t)
    {
        var (left, right) = (Left.At(columns, t), Right.At(columns, t));
        return Comparison switch
        {
            Comparison.Below => left < right,
            Comparison.AtMost => left <= right,
            Comparison.Above => left > right,
            Comparison.AtLeast => left >= right,
            Comparison.CrossesAbove =>
                left > right && t > 0 && Left.At(columns, t - 1) <= Right.At(columns, t - 1),
            _ => left < right && t > 0 && Left.At(columns, t - 1) >= Right.At(columns, t - 1),
        };
    }
}

internal sealed record AllOf(ImmutableArray<Condition> Parts) : Condition
{
    public override bool Holds(double[][] columns, int t)
    {
        foreach (var part in Parts)
        {
            if (!part.Holds(columns, t))
            {
                return false;
            }
        }

        return true;
    }
}

internal sealed record AnyOf(ImmutableArray<Condition> Parts) : Condition
{
    public override bool Holds(double[][] columns, int t)
    {
        foreach (var part in Parts)
        {
            if (part.Holds(columns, t))
            {
                return true;
            }
        }

        return false;
    }
}
