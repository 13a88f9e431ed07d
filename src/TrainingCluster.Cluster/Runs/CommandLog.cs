using System.Text;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.MarketData.Content;

namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// The commands of the last day by asker and id, so that one that arrives again is answered as the first time. What
/// is older stands in the journal and is no longer compared.
/// </summary>
public sealed record CommandLog
{
    public const int CountMax = 10_000;

    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    public static CommandLog Empty { get; } = new();

    private ImmutableDictionary<(string By, string Id), RunEvents.CommandTaken> ByOrigin { get; init; } =
        ImmutableDictionary<(string By, string Id), RunEvents.CommandTaken>.Empty;

    private ImmutableQueue<RunEvents.CommandTaken> Order { get; init; } =
        ImmutableQueue<RunEvents.CommandTaken>.Empty;

    public int Count => ByOrigin.Count;

    /// <summary>The oldest first.</summary>
    public IEnumerable<RunEvents.CommandTaken> All => Order;

    public RunEvents.CommandTaken? Find(CommandOrigin origin) => ByOrigin.GetValueOrDefault((origin.By, origin.Id));

    public CommandLog Add(RunEvents.CommandTaken taken)
    {
        var (byOrigin, order) = (ByOrigin.SetItem((taken.By, taken.Id), taken), Order.Enqueue(taken));
        while (byOrigin.Count > CountMax || order.Peek().At < taken.At - KeptFor)
        {
            order = order.Dequeue(out var oldest);
            byOrigin = byOrigin.Remove((oldest.By, oldest.Id));
        }

        return new CommandLog { ByOrigin = byOrigin, Order = order };
    }

    /// <summary>What of a command has to be equal for it to be the same one.</summary>
    internal static Digest ContentOf(RunCommand command)
    {
        var name = Encoding.UTF8.GetBytes(WireContracts.NameOf(command.GetType()));
        return Digest.Of([.. name, 0, .. WireContracts.Write(command with { Origin = null })]);
    }
}
