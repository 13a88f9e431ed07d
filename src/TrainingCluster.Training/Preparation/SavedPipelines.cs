using System.Text.Json.Serialization;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Models.Artifacts;

namespace TrainingCluster.Training.Preparation;

/// <summary>What was fitted for one reader of bars: a pipeline, and with several symbols one more for each.</summary>
public sealed record SavedPipelines
{
    /// <summary>Fitted on the training windows of all symbols together; with one symbol on its own.</summary>
    public required SavedPipeline All { get; init; }

    /// <summary>Fitted on each symbol's own training window, where there was more than one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, SavedPipeline>? Symbols { get; init; }

    /// <summary>Of one pipeline its own; of several the digest of theirs.</summary>
    [JsonIgnore]
    public Digest Sha256 => Symbols is null
        ? All.Sha256
        : Digest.Of(string.Join('\n', Symbols.Select(one => $"{one.Value.Sha256.Hex} {one.Key}")
            .Prepend(All.Sha256.Hex)));

    /// <summary>The symbol's own; for a symbol that training has not seen the one of all symbols together.</summary>
    public SavedPipeline Of(string symbol) => Symbols?.GetValueOrDefault(symbol) ?? All;

    /// <exception cref="ArtifactFormatException">One is of another format, not the one that was saved, or gives other
    /// columns than the others.</exception>
    public SavedPipelines Verified()
    {
        All.Verified();
        foreach (var (symbol, one) in Symbols ?? ImmutableSortedDictionary<string, SavedPipeline>.Empty)
        {
            if (!one.Verified().Fitted.Outputs.SequenceEqual(All.Fitted.Outputs))
            {
                throw new ArtifactFormatException($"its pipeline of {symbol} gives other columns than that of all");
            }
        }

        return this;
    }

    public bool Equals(SavedPipelines? other) => other is not null && Sha256 == other.Sha256;

    public override int GetHashCode() => Sha256.GetHashCode();
}
