using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Quality;

/// <summary>Whether symbols that are used together have bars at the same stamps.</summary>
public static class AlignmentCheck
{
    /// <summary>
    /// One finding a symbol that misses stamps which at least half of the others have, within its own first and
    /// last bar; also one for stamps that nobody else has.
    /// </summary>
    public static IReadOnlyList<QualityFinding> Find(IReadOnlyList<BarSeries> symbols)
    {
        var owners = new Dictionary<long, int>();
        foreach (var symbol in symbols)
        {
            foreach (var time in symbol.Times)
            {
                owners[time] = owners.GetValueOrDefault(time) + 1;
            }
        }

        var findings = new List<QualityFinding>();
        foreach (var symbol in symbols.Where(symbol => symbol.Count > 0 && symbols.Count > 1))
        {
            var own = new HashSet<long>(symbol.Times.ToArray());
            var (first, last) = (symbol.Times[0], symbol.Times[^1]);
            var missing = owners.Count(pair =>
                pair.Key > first && pair.Key < last && 2 * pair.Value >= symbols.Count && !own.Contains(pair.Key));
            Add(missing, "of the others' stamps are missing");
            Add(own.Count(time => owners[time] == 1), "stamps are shared with no other symbol");

            void Add(int count, string what)
            {
                if (count > 0)
                {
                    findings.Add(new QualityFinding(
                        "alignment", QualitySeverity.Warning, count, $"{symbol.Symbol}: {count} {what}", []));
                }
            }
        }

        return findings;
    }
}
