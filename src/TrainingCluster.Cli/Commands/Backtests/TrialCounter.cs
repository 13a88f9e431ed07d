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
    /// The trials on the data with this one among them. Where the directory cannot be written to, this one is counted
    /// for now and not remembered, and the warning says so.
    /// </summary>
    /// <exception cref="StateDirectoryException">The directory is foreign or newer.</exception>
    public static (TrialPopulation Trials, string? Warning) Count(string stateDirectory, TrialCounted trial)
    {
        try
        {
            var directory = StateDirectory.OpenOrCreate(stateDirectory);
            new TrialInbox(directory.TrialsPath).Put(trial);
            return (On(directory.Root, trial.Data), null);
        }
        catch (Exception refused) when (IsUnwritable(refused))
        {
            var known = Directory.Exists(stateDirectory)
                ? StateReader.Open(stateDirectory).Registry()
                : RegistryState.Empty;
            var state = known.Decide(trial).Aggregate(known, (next, happened) => next.Apply(happened));
            return (state.Trials.Population(trial.Data),
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
