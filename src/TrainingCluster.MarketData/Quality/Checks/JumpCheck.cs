namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Moves that are rare whatever the market: 20 % between daily closes, 5 % within a day.</summary>
internal sealed class JumpCheck() : QualityCheck("jumps", BarFault.None)
{
    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var limit = bars.IsDaily ? options.DailyJump : options.IntradayJump;
        var found = new Occurrences();
        var moves = bars.LogReturns;
        var largest = (Move: 0.0, Bar: 0);
        for (var t = 1; t < moves.Length; t++)
        {
            var move = moves[t];
            if (Math.Abs(move) > limit)
            {
                found.Add(t);
                largest = Math.Abs(move) > Math.Abs(largest.Move) ? (move, t) : largest;
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Info,
            found,
            $"{found.Count} log returns are larger than {limit}; the largest, {largest.Move:+0.###;-0.###}, "
            + $"is that of bar {largest.Bar}");
    }
}
