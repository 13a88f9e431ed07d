using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrainingCluster.MarketData.Content;

namespace TrainingCluster.Features.Labels;

/// <summary>Labels by bar, all columns as long as the bars.</summary>
/// <param name="Direction">The direction that was labelled: 1 long, −1 short, 0 undefined.</param>
/// <param name="Barrier"><see cref="BarrierOutcome"/> as a number; 0 where not <paramref
/// name="Valid"/>.</param>
/// <param name="LastBar">The last bar the label looks at; the bar itself where not <paramref name="Valid"/>.
/// A label changes only if a bar up to this one changes.</param>
/// <param name="NextUp">1 if open[t+2] is above open[t+1], else 0; 0 where not <paramref
/// name="Valid"/>.</param>
/// <param name="Valid">Whether the bar has labels.</param>
public sealed record LabelSet(
    ImmutableArray<sbyte> Direction,
    ImmutableArray<sbyte> Barrier,
    ImmutableArray<int> LastBar,
    ImmutableArray<sbyte> NextUp,
    ImmutableArray<bool> Valid)
{
    private Digest? _digest;

    /// <summary>sha-256 of the five columns in the order of the constructor.</summary>
    public Digest Digest => _digest ??= ComputeDigest();

    public int Count => Direction.Length;

    public bool Equals(LabelSet? other) => other is not null && Digest == other.Digest;

    public override int GetHashCode() => Digest.GetHashCode();

    private Digest ComputeDigest()
    {
        using var content = new MemoryStream();
        content.Write("labels/1\n"u8);
        content.Write(BitConverter.GetBytes(Count));
        content.Write(MemoryMarshal.AsBytes(Direction.AsSpan()));
        content.Write(MemoryMarshal.AsBytes(Barrier.AsSpan()));
        content.Write(MemoryMarshal.AsBytes(LastBar.AsSpan()));
        content.Write(MemoryMarshal.AsBytes(NextUp.AsSpan()));
        content.Write(MemoryMarshal.AsBytes(Valid.AsSpan()));
        return Digest.Of(content.GetBuffer().AsSpan(0, (int)content.Length));
    }
}
