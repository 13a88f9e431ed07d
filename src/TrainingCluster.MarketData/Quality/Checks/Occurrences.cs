using System.Collections.Immutable;

namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Counts what a check finds and keeps the first places.</summary>
internal sealed class Occurrences
{
    private const int Kept = 10;

    private readonly ImmutableArray<int>.Builder _first = ImmutableArray.CreateBuilder<int>();

    public long Count { get; private set; }

    public ImmutableArray<int> First => _first.ToImmutable();

    /// <param name="bar">Where.</param>
    /// <param name="weight">How many bars this place stands for.</param>
    public void Add(int bar, long weight = 1)
    {
        Count += weight;
        if (_first.Count < Kept)
        {
            _first.Add(bar);
        }
    }
}
