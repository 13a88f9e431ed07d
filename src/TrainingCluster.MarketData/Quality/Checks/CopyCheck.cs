namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>Bars that equal an earlier one in all prices and the volume: a source that filled a hole.</summary>
internal sealed class CopyCheck() : QualityCheck("copies", BarFault.None)
{
    /// <summary>Of the volume: quiet bars repeat each other by right.</summary>
    private const double LeastVolume = 1000;

    public override QualityFinding? Find(CheckedBars bars, QualityOptions options)
    {
        var found = new Occurrences();
        var open = bars.Open;
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        var volume = bars.Volume;
        var first = new Dictionary<ulong, int>(bars.Count);
        for (var t = 0; t < close.Length; t++)
        {
            if (!(high[t] > low[t] && volume[t] >= LeastVolume))
            {
                continue;
            }

            var hash = Mix(Mix(Mix(Mix(Mix(0, open[t]), high[t]), low[t]), close[t]), volume[t]);
            if (!first.TryAdd(hash, t) && first[hash] is var before
                && open[before] == open[t] && high[before] == high[t] && low[before] == low[t]
                && close[before] == close[t] && volume[before] == volume[t])
            {
                found.Add(t);
            }
        }

        return found.Count == 0 ? null : Finding(
            QualitySeverity.Warning, found, $"{found.Count} bars equal an earlier bar in every price and the volume");
    }

    /// <summary>One round of Steele, Lea, Flood 2014 (SplitMix): every bit of the value reaches every other.</summary>
    private static ulong Mix(ulong hash, double value)
    {
        var mixed = hash * 31 + BitConverter.DoubleToUInt64Bits(value);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
