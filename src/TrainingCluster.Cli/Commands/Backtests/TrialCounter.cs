using System.Collections.Immutable;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Cli.Commands.Backtests;

/// <summary>Counts what a backtest tried among the trials of a state directory; no node needs to run.</summary>
internal static class TrialCounter
{
    /// <summary>
    /// The trials on the data with these among them. Where the directory cannot be written to, these are counted for
    /// now and not remembered, and the warning says so.
    /// </summary>
    /// <param name="trials">On the same data; at least one.</param>
    /// <exception cref="StateDirectoryException">The directory is foreign or newer.</exception>
    public static (TrialPopulation Trials, string? Warning) Count(
        string stateDirectory, ImmutableArray<TrialCounted> trials)
    {
        var data = trials[0].Data;
        try
        {
            var directory = StateDirectory.OpenOrCreate(stateDirectory);
            var inbox = new TrialInbox(directory.TrialsPath);
            Array.ForEach([.. trials], inbox.Put);
            return (On(directory.Root, data), null);
        }
        catch (Exception refused) when (IsUnwritable(refused))
        {
            var known = Directory.Exists(stateDirectory)
                ? StateReader.Open(stateDirectory).Registry()
                : RegistryState.Empty;
            var state = trials.Aggregate(known, (before, trial) =>
                before.Decide(trial).Aggregate(before, (next, happened) => next.Apply(happened)));
            return (state.Trials.Population(data),
                $"this trial is not remembered, so later ones on these bars will look better than they are: "
                    + refused.Message);
        }
    }

    /// <summary>The trials on the data so far.</summary>
    public static TrialPopulation On(string stateDirectory, Digest data) =>
        StateReader.Open(stateDirectory).Registry().Trials.Population(data);

    private static bool IsUnwritable(Exception refused) =>
        refused is StateDirectoryException { Problem: StateDirectoryProblem.Unwritable }
            or IOException or UnauthorizedAccessException;
}
