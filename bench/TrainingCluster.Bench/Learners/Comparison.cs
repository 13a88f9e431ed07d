using System.Collections.Immutable;

namespace TrainingCluster.Bench.Learners;

/// <summary>Our work and a peer's, run in turns.</summary>
internal static class Comparison
{
    private const int Runs = 5;

    /// <summary>
    /// Figures of the clock and of processor time; where the peer can run, its own at every setting of its threads, and
    /// the ratios of our medians to those of the setting that is fastest by the clock.
    /// </summary>
    /// <param name="amount">Units of work in one run of ours.</param>
    /// <param name="peers">The same peer with different threads; they are ended here.</param>
    public static IEnumerable<Measurement> Of(
        string name, string unit, double? target, double amount, Action work, ImmutableArray<PeerProcess> peers)
    {
        work();
        var ours = new Rate[Runs];
        Rate[][] theirs = [.. peers.Select(_ => new Rate[Runs])];
        foreach (var peer in peers)
        {
            peer.Run();
        }

        for (var run = 0; run < Runs; run++)
        {
            ours[run] = Rate.Of(amount, work);
            for (var peer = 0; peer < peers.Length; peer++)
            {
                theirs[peer][run] = peers[peer].Run();
            }
        }

        foreach (var peer in peers)
        {
            peer.Dispose();
        }

        var (clock, processor) = (Summary(name, unit, target, ours, false), Summary(name, unit, null, ours, true));
        ImmutableArray<Measurement> all = [clock, processor];
        if (peers.IsEmpty)
        {
            return all;
        }

        var each = peers.Select((peer, i) => Summary($"{name}.peer.{peer.Threads}", unit, null, theirs[i], false))
            .ToArray();
        var best = Enumerable.Range(0, each.Length).MaxBy(i => each[i].Median);
        return
        [
            .. all,
            .. each,
            Summary(each[best].Name, unit, null, theirs[best], true),
            Ratio(name + ".ratio", clock, each[best]),
            Ratio(name + ".ratio_by_processor_time", processor, Summary("", unit, null, theirs[best], true)),
        ];
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
