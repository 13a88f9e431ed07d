using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Store;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>The bars of a run, and what is known of them.</summary>
/// <param name="Panel">All symbols.</param>
/// <param name="Batches">By symbol of the panel.</param>
internal sealed record TrainingData(BarPanel Panel, ImmutableArray<TrainingBatch> Batches)
{
    /// <summary>What the data set is called.</summary>
    public required string Name { get; init; }

    /// <summary>By symbol.</summary>
    public ImmutableArray<QualityReport> Quality => [.. Batches.Select(batch => batch.Quality)];

    public ImmutableArray<DataOrigin> Origins => [.. Batches.Select(batch => batch.ToOrigin())];
}

/// <summary>One symbol that passed the gate, or was accepted all the same.</summary>
/// <param name="Bars">After repairs, cut to the span asked for.</param>
/// <param name="Source">A file name or a place in the store.</param>
/// <param name="Quality">After repairs, of the whole source.</param>
/// <param name="Repairs">All that was changed.</param>
/// <param name="Overruled">Why it did not pass, where a person accepted it; else empty.</param>
internal sealed record TrainingBatch(
    BarSeries Bars, string Source, QualityReport Quality, RepairList Repairs, ImmutableArray<string> Overruled)
{
    private const int MostLines = 20;
    private const int LongestLine = 300;

    /// <summary>Its place in the store; null for a file.</summary>
    public StoredBars? Stored { get; init; }

    public DataOrigin ToOrigin() => new(
        Bars.Symbol, Source, Bars.Count, Bars.Digest, Quality.Score, Repairs.Counts,
        Short(Quality.Findings.Select(finding =>
            $"{finding.Severity.ToString().ToLowerInvariant()}: {finding.Check}: {finding.Detail}")),
        Short(Overruled));

    /// <summary>What a person wants to know of the bars before they are trained on.</summary>
    public void Write(TextWriter writer)
    {
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Bars.Symbol}: {Bars.Count} bars from {BarsNote.Day(Bars, 0)} to {BarsNote.Day(Bars, Bars.Count - 1)}, "
                + $"quality {Quality.Score:0.000}"));
        foreach (var finding in Quality.Findings)
        {
            writer.WriteLine($"  {finding.Severity.ToString().ToLowerInvariant()}: {finding.Check}: {finding.Detail}");
        }

        foreach (var repair in Repairs.Items.Take(MostLines))
        {
            writer.WriteLine($"  repaired: {repair}");
        }

        if (Repairs.Total > MostLines)
        {
            writer.WriteLine($"  and {Repairs.Total - MostLines} more repairs");
        }

        foreach (var reason in Overruled)
        {
            writer.WriteLine($"  accepted although: {reason}");
        }
    }

    /// <summary>Origins stand in messages, which are short.</summary>
    private static ImmutableArray<string> Short(IEnumerable<string> lines) =>
        [.. lines.Take(MostLines).Select(line => line.Length <= LongestLine ? line : line[..LongestLine] + "…")];
}
