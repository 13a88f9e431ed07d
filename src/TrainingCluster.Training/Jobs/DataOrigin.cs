using TrainingCluster.MarketData.Content;

namespace TrainingCluster.Training.Jobs;

/// <summary>Where one symbol's bars came from and what was done to them before training.</summary>
/// <param name="Symbol">Of the bars.</param>
/// <param name="Source">The file or the place in the store, for people.</param>
/// <param name="Bars">How many.</param>
/// <param name="Digest">Of the bars after repairs.</param>
/// <param name="Quality">Score after repairs, 0 to 1.</param>
/// <param name="Repairs">How many by rule; all of them stand in the run's folder.</param>
/// <param name="Findings">What quality checks still say, one line each.</param>
/// <param name="Overruled">Why the batch was refused, where a person accepted it all the same; else empty.</param>
public sealed record DataOrigin(
    string Symbol,
    string Source,
    int Bars,
    Digest Digest,
    double Quality,
    ImmutableSortedDictionary<string, long> Repairs,
    ImmutableArray<string> Findings,
    ImmutableArray<string> Overruled)
{
    public bool Equals(DataOrigin? other) =>
        other is not null
        && (Symbol, Source, Bars, Digest, Quality) ==
            (other.Symbol, other.Source, other.Bars, other.Digest, other.Quality)
        && Repairs.SequenceEqual(other.Repairs)
        && Findings.SequenceEqual(other.Findings)
        && Overruled.SequenceEqual(other.Overruled);

    public override int GetHashCode() => HashCode.Combine(Symbol, Source, Bars, Digest);
}
