using Akka.Actor;
using Akka.Persistence;
using TrainingCluster.Cluster.Registration;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>
/// Makes the tables that nodes need, or brings them up to date, by being a member without a role for a moment and
/// asking the journal for something.
/// </summary>
public static class StoreMigration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="options">Of a node; its roles count for nothing.</param>
    /// <exception cref="NoAnswerException">The store, or its journal, did not answer in time.</exception>
    /// <exception cref="NodeRefusedException">The store cannot be used.</exception>
    public static async Task RunAsync(ClusterNodeOptions options, CancellationToken cancellation = default)
    {
        var node = await ClusterNode.StartAsync(options with { Roles = [] }, cancellation).ConfigureAwait(false);
        await using var leaving = node.ConfigureAwait(false);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        node.System.ActorOf(Props.Create(() => new JournalQuestion(answered)));
        try
        {
            await answered.Task.WaitAsync(Patience, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            throw new NoAnswerException("open the journal", Patience, late);
        }
    }

    /// <summary>Has nothing to recover; that it can ask says that the tables are there.</summary>
    private sealed class JournalQuestion : ReceivePersistentActor
    {
        private readonly TaskCompletionSource _answered;

        public JournalQuestion(TaskCompletionSource answered)
        {
            _answered = answered;
            Recover<RecoveryCompleted>(_ => answered.TrySetResult());
        }

        public override string PersistenceId => PersistenceIds.Migration;

        protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
            _answered.TrySetException(new NoAnswerException("open the journal", Patience, reason));
    }
}
