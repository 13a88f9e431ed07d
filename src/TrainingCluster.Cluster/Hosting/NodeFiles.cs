using Akka.Configuration;
using TrainingCluster.Cluster.Storage;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Training.Checkpoints;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>Where a node's artifacts and checkpoints are.</summary>
internal sealed record NodeFiles(IArtifactStore Artifacts, ICheckpointStore Checkpoints, IDisposable? Server)
    : IDisposable
{
    /// <param name="config">Of the node.</param>
    /// <exception cref="TrainingOptionsException">The settings do not fit together.</exception>
    /// <exception cref="StoreRefusedException">The server cannot be used.</exception>
    public static NodeFiles Open(Config config, StateDirectory directory)
    {
        var reader = new OptionReader(config);
        var place = reader.Choice("training.cluster.store.files", "directory", "postgresql");
        var provider = reader.Text("training.cluster.store.provider-name");
        if (place == "postgresql" && provider != StoreNames.PostgreSql)
        {
            reader.Violations.Add("training.cluster.store.files is postgresql; then "
                + $"training.cluster.store.provider-name must be {StoreNames.PostgreSql}, and it is '{provider}'");
        }

        if (reader.Violations.Count > 0)
        {
            throw new TrainingOptionsException(reader.Violations);
        }

        if (place == "directory")
        {
            return new NodeFiles(
                new DirectoryArtifactStore(directory.ArtifactsPath),
                new DirectoryCheckpointStore(directory.CheckpointsPath),
                null);
        }

        try
        {
            var server = PostgresFiles.Open(
                reader.Text("training.cluster.store.connection-string"),
                reader.Text("training.cluster.store.password-file"));
            return new NodeFiles(new PostgresArtifactStore(server), new PostgresCheckpointStore(server), server);
        }
        catch (IOException refused)
        {
            throw new StoreRefusedException(refused.Message, refused);
        }
    }

    public void Dispose() => Server?.Dispose();
}
