namespace TrainingCluster.Bench.Learners;

/// <summary>Our work and a peer's, run in turns.</summary>
internal static class Comparison
{
    private const int Runs = 5;

    /// <summary>
    /// Figures of the clock and of processor time; where the peer can run, its own and the ratios of the medians.
    /// </summary>
    /// <param name="amount">Units of work in one run of ours.</param>
    /// <param name="peer">Null where there is none to compare with.</param>
    public static IEnumerable<Measurement> Of(
        string name, string unit, double? target, double amount, Action work, PeerProcess? peer)
    {
        work();
        peer?.Run();
        var (ours, theirs) = (new Rate[Runs], new Rate[Runs]);
        for (var run = 0; run < Runs; run++)
        {
            ours[run] = Rate.Of(amount, work);
            theirs[run] = peer?.Run() ?? default;
        }

        var (clock, processor) = (Summary(name, unit, target, ours, false), Summary(name, unit, null, ours, true));
        yield return clock;
        yield return processor;
        if (peer is null)
        {
            yield break;
        }

        var (peerClock, peerProcessor) = (Summary(name + ".peer", unit, null, theirs, false),
            Summary(name + ".peer", unit, null, theirs, true));
        yield return peerClock;
        yield return peerProcessor;
        yield return Ratio(name + ".ratio", clock, peerClock);
        yield return Ratio(name + ".ratio_by_processor_time", processor, peerProcessor);
    }

    private static Measurement Summary(string name, string unit, double? target, Rate[] rates, bool processor)
    {
        double[] sorted = [.. rates.Select(rate => processor ? rate.PerProcessorSecond : rate.PerSecond).Order()];
        return new Measurement(
            processor ? name + ".by_processor_time" : name, processor ? unit.Replace("/s", "/CPU-s") : unit,
            sorted[Runs / 2], sorted[0], sorted[^1], Runs, target);
    }

    private static Measurement Ratio(string name, Measurement ours, Measurement theirs) =>
        new(name, "times", ours.Median / theirs.Median, ours.Low / theirs.High, ours.High / theirs.Low, Runs, null);
}
