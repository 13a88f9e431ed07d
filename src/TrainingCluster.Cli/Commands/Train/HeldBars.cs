using TrainingCluster.MarketData.Store;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>
/// Holds what a run reads of the store against its clean-up, from the run's start to its end; a run that is paused or
/// was killed still holds it, for it will be resumed.
/// </summary>
internal sealed class HeldBars(string stateDirectory, TimeProvider clock)
{
    private readonly string _folder = StoreFolder(stateDirectory);

    public static string StoreFolder(string stateDirectory) => Path.Combine(stateDirectory, "data");

    public void Hold(string run, TrainingData data)
    {
        var rows = data.Batches.Select(batch => batch.Stored).OfType<StoredBars>().ToArray();
        if (rows.Length > 0)
        {
            var store = new BarStore(_folder, clock);
            Array.ForEach(rows, row => store.Use(run, row));
        }
    }

    /// <summary>Drops what only this run still held.</summary>
    public void Release(string run)
    {
        if (Directory.Exists(_folder))
        {
            new BarStore(_folder, clock).Release(run);
        }
    }
}
