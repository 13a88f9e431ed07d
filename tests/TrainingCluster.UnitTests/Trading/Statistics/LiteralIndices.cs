using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.UnitTests.Trading.Statistics;

/// <summary>Gives the listed index sets in turn, each index a run of its own.</summary>
internal sealed class LiteralIndices(params int[][] sets) : IIndexSource
{
    private int _next;

    public int Next(Span<IndexRun> runs, int observations)
    {
        var set = sets[_next++ % sets.Length];
        for (var i = 0; i < observations; i++)
        {
            runs[i] = new IndexRun(set[i], 1);
        }

        return observations;
    }
}
