using System.Collections.Immutable;

namespace TrainingCluster.MarketData.Series;

/// <summary>Gathers violations: keeps the first ones, counts all.</summary>
internal sealed class BarViolations
{
    private readonly ImmutableArray<BarViolation>.Builder _kept = ImmutableArray.CreateBuilder<BarViolation>();

    public long Total { get; private set; }

    public void Add(BarViolation violation)
    {
        Total++;
        if (_kept.Count < BarDataException.Shown)
        {
            _kept.Add(violation);
        }
    }

    /// <exception cref="BarDataException">There is at least one violation.</exception>
    public void ThrowIfAny()
    {
        if (Total > 0)
        {
            throw new BarDataException(_kept.ToImmutable(), Total);
        }
    }
}
