using TrainingCluster.FaultTests.Harness;
using TrainingCluster.FaultTests.Stores;

namespace TrainingCluster.FaultTests.Faults;

[Collection(FaultCollection.Name)]
public sealed class ClusterOfOneSpecs
{
    [Fact]
    public async Task A_cluster_of_one_answers_and_ends_in_order()
    {
        await using var cluster = await NodeCluster.StartAsync(
            new ClusterPlan { Nodes = 1, More = ["--set", "akka-slim.store.provider-name = \"\""] }, new SqliteClusterStore());
        await cluster.EndAsync();
    }
}
