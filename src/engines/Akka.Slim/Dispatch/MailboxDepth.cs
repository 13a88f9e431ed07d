using System.Diagnostics.Metrics;

namespace Akka.Dispatch;

/// <summary>
/// How many messages a mailbox leaves waiting when its turn ends, as the histogram
/// <c>akka.actor.mailbox.depth</c> of the meter <c>Akka.Actor</c>. Costs nothing while nobody listens.
/// </summary>
internal static class MailboxDepth
{
    /// <summary>Counting walks the queue, so it ends here; what is deeper counts as this.</summary>
    public const int CountedTo = 10_000;

    private static readonly Histogram<int> Depth = new Meter("Akka.Actor").CreateHistogram<int>(
        "akka.actor.mailbox.depth", "messages", "Messages left waiting when an actor's turn ends.");

    public static bool IsWanted => Depth.Enabled;

    public static void Record(int messages, string dispatcherId) =>
        Depth.Record(messages, new KeyValuePair<string, object?>("dispatcher", dispatcherId));
}
